"""S-QUEUE-6, S-QUEUE-7: an immediate shutdown wakes getters, putters and joiners of two queues."""

import asyncio


async def put(item, queue):
    try:
        await queue.put(item)
        print(f"{item} is put")
    except asyncio.QueueShutDown:
        print(f"{item} is not put")


async def get(name, queue):
    try:
        print(f"{name} has {await queue.get()}")
    except asyncio.QueueShutDown:
        print(f"{name} gets nothing")


async def join(queue):
    await queue.join()
    print("has joined")


async def main():
    full, empty = asyncio.Queue(1), asyncio.Queue(1)
    full.put_nowait("first")
    tasks = [
        asyncio.create_task(join(full)),
        asyncio.create_task(put("x", full)),
        asyncio.create_task(put("y", full)),
        asyncio.create_task(get("a", empty)),
        asyncio.create_task(get("b", empty)),
    ]
    await asyncio.sleep(0)
    full.shutdown(immediate=True)
    empty.shutdown(immediate=True)
    print("both are shut down")
    for task in tasks:
        await task
