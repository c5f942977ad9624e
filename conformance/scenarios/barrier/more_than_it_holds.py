"""S-BARRIER-2: five come to a barrier for two: two rounds, and one who waits for a sixth."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    await barrier.wait()
    print(f"{name} goes on")


async def count():
    for n in range(1, 6):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    barrier = asyncio.Barrier(2)
    counter = asyncio.create_task(count())
    names = ["a", "b", "c", "d", "e"]
    tasks = [asyncio.create_task(arrive(name, barrier)) for name in names]
    await counter
    print(f"waiting: {barrier.n_waiting}")
    await arrive("f", barrier)
    for task in tasks:
        await task
