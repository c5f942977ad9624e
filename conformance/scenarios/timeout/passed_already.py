"""S-TIMEOUT-3, S-TIMEOUT-4: a deadline in the past ends the body at its first suspension."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    start = asyncio.get_running_loop().time()
    await asyncio.sleep(0.02)
    async with asyncio.timeout_at(start):
        print("the first body computes")
    print("and completes")
    try:
        async with asyncio.timeout_at(start):
            try:
                await asyncio.sleep(1)
                print("never")
            finally:
                print(f"{ms()} ms: the second body cleans up")
                await asyncio.sleep(0.01)
    except TimeoutError:
        print(f"{ms()} ms: timed out")
