"""S-WAITFOR-5: what answers the deadline with an error of its own fails with that one."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(f"{ms()} ms: the deadline has come")
        await asyncio.sleep(0.005)
        raise ValueError("the cleanup failed")


async def main():
    try:
        await asyncio.wait_for(work(), 0.02)
        print("the work is done")
    except ValueError as error:
        print(f"{ms()} ms: {error}")
    except TimeoutError:
        print("timed out")
