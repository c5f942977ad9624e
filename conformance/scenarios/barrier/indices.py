"""S-BARRIER-1: each gets its index in order of arrival, and the last to come does not wait."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives, waiting: {barrier.n_waiting} of {barrier.parties}")
    index = await barrier.wait()
    print(f"{name} goes on with {index}, waiting: {barrier.n_waiting}")


async def main():
    barrier = asyncio.Barrier(4)
    tasks = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b", "c", "d"]]
    for task in tasks:
        await task
