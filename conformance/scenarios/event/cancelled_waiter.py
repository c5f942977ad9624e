"""S-EVENT-1: a waiter that is cancelled leaves, and the others are woken in their order."""

import asyncio


async def wait(name, event):
    try:
        await event.wait()
    except asyncio.CancelledError:
        print(f"{name} is cancelled, set: {event.is_set()}".lower())
        raise
    print(f"{name} goes on")


async def main():
    event = asyncio.Event()
    a, b, c = [asyncio.create_task(wait(name, event)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    print(f"cancel: {b.cancel()}".lower())
    await asyncio.sleep(0)
    event.set()
    print("set")
    await a
    await c
    print(f"b ended cancelled: {b.cancelled()}".lower())
