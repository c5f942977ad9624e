"""S-EVENT-1: those who waited go on though it was cleared at once; who comes later waits."""

import asyncio


async def wait(name, event):
    print(f"{name} waits")
    await event.wait()
    print(f"{name} goes on, set: {event.is_set()}".lower())


async def main():
    event = asyncio.Event()
    a, b = [asyncio.create_task(wait(name, event)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    print(f"set and cleared, set: {event.is_set()}".lower())
    late = asyncio.create_task(wait("the late one", event))
    await a
    await b
    await asyncio.sleep(0)
    print("once more")
    event.set()
    await late
