"""S-WAIT-1: who waits may be cancelled, and the tasks go on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    await asyncio.sleep(0.03)
    print(f"{ms()} ms: the work is done")


async def waiter(task):
    try:
        await asyncio.wait([task])
    finally:
        print(f"{ms()} ms: the waiter ends")


async def main():
    task = asyncio.create_task(work())
    waiting = asyncio.create_task(waiter(task))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.wait([waiting])
    print(f"{ms()} ms: the waiter is cancelled: {waiting.cancelled()}".lower())
    await task
