"""S-QUEUE-6: putters that wait at a full queue fail when it is shut down; what is in it stays."""

import asyncio


async def put(item, queue):
    try:
        await queue.put(item)
        print(f"{item} is put")
    except asyncio.QueueShutDown:
        print(f"{item} is not put, full: {queue.full()}".lower())


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    tasks = [asyncio.create_task(put(item, queue)) for item in ["x", "y"]]
    await asyncio.sleep(0)
    queue.shutdown()
    print("shut down")
    for task in tasks:
        await task
    print(f"got {queue.get_nowait()}")
    await put("late", queue)
