"""S-TIMEOUT-5, S-TIMEOUT-8: a cleanup in what timed out may have a deadline of its own."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: says goodbye")
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(1)
        except TimeoutError:
            print(f"{ms()} ms: nobody answers")
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: hangs up")


async def main():
    try:
        async with asyncio.timeout(0.02):
            await work()
    except TimeoutError:
        print(f"{ms()} ms: timed out")
