"""S-BARRIER-1: the indices of a round from which one that had come was cancelled."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    index = await barrier.wait()
    print(f"{name} goes on with {index}")


async def main():
    barrier = asyncio.Barrier(3)
    a, b = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    print(f"cancel: {a.cancel()}".lower())
    await asyncio.sleep(0)
    c = asyncio.create_task(arrive("c", barrier))
    await asyncio.sleep(0)
    await arrive("main", barrier)
    await b
    await c
