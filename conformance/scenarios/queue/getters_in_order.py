"""S-QUEUE-2: an item wakes one getter, and those who wait get theirs in order of arrival."""

import asyncio


async def get(name, queue):
    item = await queue.get()
    print(f"{name} has {item}")


async def count():
    for n in range(1, 4):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(get(name, queue)) for name in ["a", "b", "c", "d"]]
    await asyncio.sleep(0)
    counter = asyncio.create_task(count())
    for item in ["x", "y", "z"]:
        queue.put_nowait(item)
    print("three are put")
    await counter
    queue.put_nowait("the last")
    for task in tasks:
        await task
