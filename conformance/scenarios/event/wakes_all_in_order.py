"""S-EVENT-1: setting an event wakes all who wait, in order of arrival, in one iteration."""

import asyncio


async def wait(name, event):
    print(f"{name} waits")
    await event.wait()
    print(f"{name} goes on")


async def count():
    for n in range(1, 4):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(wait(name, event)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    counter = asyncio.create_task(count())
    event.set()
    print(f"set: {event.is_set()}".lower())
    await counter
    for task in tasks:
        await task
