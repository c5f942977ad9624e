"""S-TIMEOUT-2: a deadline is moved before its use, after it, and used again."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


def move(deadline):
    try:
        deadline.reschedule(asyncio.get_running_loop().time() + 0.02)
        print("moved")
    except RuntimeError:
        print("refused")


async def main():
    deadline = asyncio.timeout(0.01)
    move(deadline)
    async with deadline:
        print(f"{ms()} ms: in time")
    move(deadline)
    try:
        async with deadline:
            await asyncio.sleep(1)
    except TimeoutError:
        print(f"{ms()} ms: timed out")
    except RuntimeError:
        print("refused")
