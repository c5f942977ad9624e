"""S-BARRIER-2: who comes while a round leaves waits for that, then counts for the next round."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    index = await barrier.wait()
    print(f"{name} goes on with {index}, waiting: {barrier.n_waiting}")


async def main():
    barrier = asyncio.Barrier(2)
    a, b, c = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b", "c"]]
    await a
    await b
    for _ in range(3):
        await asyncio.sleep(0)
    print(f"c has ended: {c.done()}, waiting: {barrier.n_waiting}".lower())
    await arrive("main", barrier)
    await c
