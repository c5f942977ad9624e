"""S-TIMEOUT-8: an inner deadline is the inner timeout's alone, and the outer one goes on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    try:
        async with asyncio.timeout(0.05):
            for turn in range(1, 4):
                try:
                    async with asyncio.timeout(0.02):
                        await asyncio.sleep(1)
                except TimeoutError:
                    print(f"{ms()} ms: turn {turn} timed out")
    except TimeoutError:
        print(f"{ms()} ms: all of it timed out")
