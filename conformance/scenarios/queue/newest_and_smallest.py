"""S-QUEUE-5: a LIFO queue gives the newest item, a priority queue the smallest."""

import asyncio


async def drain(name, queue):
    for item in [3, 1, 4, 5, 2]:
        await queue.put(item)
        if item == 4:
            print(f"{name} gives {await queue.get()}")
    while not queue.empty():
        print(f"{name} gives {await queue.get()}")


async def main():
    await drain("queue", asyncio.Queue())
    await drain("lifo queue", asyncio.LifoQueue())
    await drain("priority queue", asyncio.PriorityQueue())
