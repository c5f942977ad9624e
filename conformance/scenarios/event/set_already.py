"""S-EVENT-1: waiting for an event that is set does not suspend."""

import asyncio


async def wait(name, event):
    for n in range(1, 4):
        await event.wait()
        print(f"{name} {n}")


async def main():
    event = asyncio.Event()
    event.set()
    a, b = [asyncio.create_task(wait(name, event)) for name in ["a", "b"]]
    await event.wait()
    print("main first")
    await a
    await b
