"""S-SHIELD-1: the awaiter is cancelled at once, and the work goes on to its end."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(0.03)
        print(f"{ms()} ms: the work is done")
    finally:
        print(f"{ms()} ms: the work ends")


async def awaiter():
    try:
        await asyncio.shield(work())
    finally:
        print(f"{ms()} ms: the awaiter ends")


async def main():
    task = asyncio.create_task(awaiter())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.05)
