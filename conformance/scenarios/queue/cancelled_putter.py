"""S-QUEUE-2, S-QUEUE-3: a putter that is cancelled does not put; those behind it move up."""

import asyncio


async def put(item, queue):
    try:
        await queue.put(item)
    except asyncio.CancelledError:
        print(f"{item} is cancelled")
        raise
    print(f"{item} is put")


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("first")
    x, y, z = [asyncio.create_task(put(item, queue)) for item in ["x", "y", "z"]]
    await asyncio.sleep(0)
    print(f"cancel: {x.cancel()}".lower())
    await asyncio.sleep(0)
    for _ in range(3):
        print(f"got {await queue.get()}")
    await y
    await z
    print(f"x ended cancelled: {x.cancelled()}, {queue.qsize()} left".lower())
