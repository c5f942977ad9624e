"""S-EVENT-1: a worker that clears the event when it wakes sees two sets in a row as one."""

import asyncio


async def work(event):
    for n in range(1, 4):
        await event.wait()
        event.clear()
        print(f"woken {n}")


async def main():
    event = asyncio.Event()
    worker = asyncio.create_task(work(event))
    await asyncio.sleep(0)
    print("set twice")
    event.set()
    event.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for _ in range(2):
        print("set")
        event.set()
        await asyncio.sleep(0)
    await worker
