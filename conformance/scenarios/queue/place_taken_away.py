"""S-QUEUE-2: a free place is taken before the woken putter runs, who goes to the end of the line."""

import asyncio


async def put(item, queue):
    print(f"{item} waits")
    await queue.put(item)
    print(f"{item} is put")


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    x, y = [asyncio.create_task(put(item, queue)) for item in ["x", "y"]]
    await asyncio.sleep(0)
    print(f"got {queue.get_nowait()}")
    queue.put_nowait("main's")
    await asyncio.sleep(0)
    for _ in range(3):
        print(f"got {await queue.get()}")
    await x
    await y
