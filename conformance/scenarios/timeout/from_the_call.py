"""S-TIMEOUT-1: the time begins with the call, and not with the body."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    deadline = asyncio.timeout(0.05)
    print(f"{ms()} ms: called")
    await asyncio.sleep(0.03)
    try:
        async with deadline:
            print(f"{ms()} ms: the body begins")
            await asyncio.sleep(1)
    except TimeoutError:
        print(f"{ms()} ms: timed out")
