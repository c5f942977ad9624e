"""S-BARRIER-4: a reset sends those who wait away with an error, and nobody who comes later."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    try:
        index = await barrier.wait()
        print(f"{name} goes on with {index}")
    except asyncio.BrokenBarrierError:
        print(f"{name} is broken, waiting: {barrier.n_waiting}")


async def main():
    barrier = asyncio.Barrier(3)
    a, b = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    print(f"waiting: {barrier.n_waiting}")
    c, d = [asyncio.create_task(arrive(name, barrier)) for name in ["c", "d"]]
    await barrier.reset()
    print(f"reset, waiting: {barrier.n_waiting}, broken: {barrier.broken}".lower())
    await a
    await b
    await asyncio.sleep(0)
    print(f"waiting: {barrier.n_waiting}")
    await arrive("main", barrier)
    await c
    await d
