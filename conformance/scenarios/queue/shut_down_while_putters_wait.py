"""S-QUEUE-6: a shutdown wakes all putters, and they fail though there is room by then."""

import asyncio


async def put(item, queue):
    try:
        await queue.put(item)
        print(f"{item} is put")
    except asyncio.QueueShutDown:
        print(f"{item} is not put")


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    tasks = [asyncio.create_task(put(item, queue)) for item in ["x", "y"]]
    await asyncio.sleep(0)
    queue.shutdown()
    print(f"shut down, got {queue.get_nowait()}")
    for task in tasks:
        await task
    print(f"{queue.qsize()} left")
