"""S-BARRIER-1: at a barrier for one nobody ever waits."""

import asyncio


async def other():
    print("the other runs")


async def main():
    barrier = asyncio.Barrier(1)
    task = asyncio.create_task(other())
    for _ in range(3):
        print(f"goes on with {await barrier.wait()}, waiting: {barrier.n_waiting}")
    await task
