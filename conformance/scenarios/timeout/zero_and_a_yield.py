"""S-TIMEOUT-3: zero ends the body at its first suspension, be it ever so short."""

import asyncio


async def body():
    print("the body yields")
    await asyncio.sleep(0)
    print("the body yields again")
    await asyncio.sleep(0)
    print("never")


async def main():
    try:
        async with asyncio.timeout(0):
            await body()
    except TimeoutError:
        print("timed out")
