"""S-SHIELD-1: who was cancelled may still wait for the work it shielded."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    await asyncio.sleep(0.03)
    print(f"{ms()} ms: the work is done")
    return "the result"


async def awaiter():
    task = asyncio.create_task(work())
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        print(f"{ms()} ms: cancelled, and waits for the work")
        result = await task
        print(f"{ms()} ms: ends with {result}")
        raise


async def main():
    task = asyncio.create_task(awaiter())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
