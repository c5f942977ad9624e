"""S-TIMEOUT-2: a deadline that has passed is not moved any more, neither in the cleanup nor after."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


def move(deadline):
    try:
        deadline.reschedule(asyncio.get_running_loop().time() + 1)
        print("moved")
    except RuntimeError:
        print(f"{ms()} ms: too late, expired: {deadline.expired()}".lower())


async def main():
    try:
        async with asyncio.timeout(0.01) as deadline:
            try:
                await asyncio.sleep(1)
            finally:
                move(deadline)
                await asyncio.sleep(0.01)
    except TimeoutError:
        print(f"{ms()} ms: timed out")
    move(deadline)
