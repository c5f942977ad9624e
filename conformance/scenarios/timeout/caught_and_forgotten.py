"""S-TIMEOUT-7: a body catches whatever ends its wait, and forgets that it may be the deadline."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    try:
        async with asyncio.timeout(0.02):
            for turn in range(1, 4):
                try:
                    await asyncio.sleep(0.1)
                except BaseException:
                    print(f"{ms()} ms: turn {turn} failed")
                await asyncio.sleep(0.01)
                print(f"{ms()} ms: turn {turn} is over")
    except TimeoutError:
        print(f"{ms()} ms: timed out")
