"""S-QUEUE-2, S-QUEUE-5: a woken getter gets what is smallest when it runs, not what woke it."""

import asyncio


async def get(name, queue):
    print(f"{name} has {await queue.get()}")


async def main():
    queue = asyncio.PriorityQueue()
    tasks = [asyncio.create_task(get(name, queue)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    for item in [3, 1, 2]:
        queue.put_nowait(item)
        print(f"{item} is put")
    for task in tasks:
        await task
    print(f"main has {queue.get_nowait()}")
