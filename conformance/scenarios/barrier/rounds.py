"""S-BARRIER-1, S-BARRIER-2: the same tasks meet round after round; nobody is a round ahead."""

import asyncio


async def work(name, steps, barrier):
    for n in range(1, 4):
        for _ in range(steps):
            await asyncio.sleep(0)
        print(f"{name} has done part {n}")
        index = await barrier.wait()
        print(f"{name} was number {index} with part {n}")


async def main():
    barrier = asyncio.Barrier(3)
    pace = {"a": 2, "b": 0, "c": 1}
    tasks = [asyncio.create_task(work(name, steps, barrier)) for name, steps in pace.items()]
    for task in tasks:
        await task
