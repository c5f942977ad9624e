"""S-EVENT-1: the first to wake clears the event, and the second goes on all the same."""

import asyncio


async def wait(name, event):
    while True:
        await event.wait()
        print(f"{name} goes on, set: {event.is_set()}".lower())
        event.clear()


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(wait(name, event)) for name in ["a", "b"]]
    for _ in range(2):
        await asyncio.sleep(0)
        print("set")
        event.set()
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.sleep(0)
    print(f"ended: {all(task.cancelled() for task in tasks)}".lower())
