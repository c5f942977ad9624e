"""S-BARRIER-5: an aborted barrier breaks those who wait and all who come, until it is reset."""

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
    await barrier.abort()
    print(f"aborted, broken: {barrier.broken}, waiting: {barrier.n_waiting}".lower())
    await arrive("main", barrier)
    await a
    await b
    await arrive("main", barrier)
    await barrier.reset()
    print(f"reset, broken: {barrier.broken}".lower())
    tasks = [asyncio.create_task(arrive(name, barrier)) for name in ["c", "d", "e"]]
    for task in tasks:
        await task
