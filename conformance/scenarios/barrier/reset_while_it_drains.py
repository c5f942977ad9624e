"""S-BARRIER-4: a reset breaks also those who were let go and have not left yet."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    try:
        index = await barrier.wait()
        print(f"{name} goes on with {index}")
    except asyncio.BrokenBarrierError:
        print(f"{name} is broken")


async def main():
    barrier = asyncio.Barrier(3)
    a, b = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    await arrive("main", barrier)
    await barrier.reset()
    print(f"reset, broken: {barrier.broken}".lower())
    await a
    await b
    tasks = [asyncio.create_task(arrive(name, barrier)) for name in ["c", "d", "e"]]
    for task in tasks:
        await task
