"""S-QUEUE-3: a getter is cancelled when an item has woken it."""

import asyncio


async def get(name, queue):
    item = await queue.get()
    print(f"{name} has {item}")
    await asyncio.sleep(0)
    print(f"{name} is done with {item}")


async def main():
    queue = asyncio.Queue()
    a, b = [asyncio.create_task(get(name, queue)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    queue.put_nowait("x")
    print(f"x is put, cancel: {a.cancel()}".lower())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    queue.put_nowait("y")
    print("y is put")
    await b
    print(f"a ended cancelled: {a.cancelled()}, {queue.qsize()} left".lower())
