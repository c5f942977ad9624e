"""S-BARRIER-4: a reset with nobody there changes nothing, before a round and after one."""

import asyncio


async def arrive(name, barrier):
    try:
        index = await barrier.wait()
        print(f"{name} goes on with {index}")
    except asyncio.BrokenBarrierError:
        print(f"{name} is broken")


async def main():
    barrier = asyncio.Barrier(2)
    for _ in range(2):
        await barrier.reset()
        print(f"reset, waiting: {barrier.n_waiting}, broken: {barrier.broken}".lower())
        tasks = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b"]]
        for task in tasks:
            await task
