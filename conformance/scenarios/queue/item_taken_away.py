"""S-QUEUE-2: an item is taken before the woken getter runs, who goes to the end of the line."""

import asyncio


async def get(name, queue):
    print(f"{name} waits")
    item = await queue.get()
    print(f"{name} has {item}")


async def main():
    queue = asyncio.Queue()
    a, b = [asyncio.create_task(get(name, queue)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    queue.put_nowait("x")
    print(f"main has {queue.get_nowait()}")
    await asyncio.sleep(0)
    for item in ["y", "z"]:
        queue.put_nowait(item)
    await a
    await b
