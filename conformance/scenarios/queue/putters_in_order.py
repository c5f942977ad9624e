"""S-QUEUE-2: a place that becomes free wakes one putter, and they put in order of arrival."""

import asyncio


async def put(item, queue):
    print(f"{item} waits")
    await queue.put(item)
    print(f"{item} is put")


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    tasks = [asyncio.create_task(put(item, queue)) for item in ["x", "y", "z"]]
    await asyncio.sleep(0)
    for _ in range(4):
        print(f"got {await queue.get()}, full: {queue.full()}".lower())
    for task in tasks:
        await task
