"""S-TIMEOUT-3: zero ends the body at its first suspension, if it has one."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    async with asyncio.timeout(0) as deadline:
        print("the first body does not wait")
    print(f"expired: {deadline.expired()}".lower())
    try:
        async with asyncio.timeout(0) as deadline:
            print("the second body waits")
            await asyncio.sleep(1)
            print("never")
    except TimeoutError:
        print(f"{ms()} ms: timed out, expired: {deadline.expired()}".lower())
