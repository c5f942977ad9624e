"""S-CANCEL-9: a request that was caught does not come back: later awaits work, though it stays
counted.
"""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    task = asyncio.current_task()
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(f"{ms()} ms: caught, requests: {task.cancelling()}")
    for n in range(1, 3):
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: await {n} works, requests: {task.cancelling()}")
    print(f"given back: {task.uncancel()}")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.005)
    print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    await task
    print(f"{ms()} ms: cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
