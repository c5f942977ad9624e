"""S-QUEUE-6: a shutdown wakes all getters, and those for whom there is nothing fail."""

import asyncio


async def get(name, queue):
    try:
        print(f"{name} has {await queue.get()}")
    except asyncio.QueueShutDown:
        print(f"{name} gets nothing")


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(get(name, queue)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    queue.put_nowait("x")
    queue.shutdown()
    print("x is put, and shut down")
    queue.shutdown()
    print("once more is no harm")
    for task in tasks:
        await task
