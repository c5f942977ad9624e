"""S-SEM-1: three tasks share two units round after round, and none is left out."""

import asyncio


async def hold(name, semaphore):
    for turn in range(1, 4):
        async with semaphore:
            print(f"{name} has turn {turn}")
            await asyncio.sleep(0)
        print(f"{name} has let go")


async def main():
    semaphore = asyncio.Semaphore(2)
    tasks = [asyncio.create_task(hold(name, semaphore)) for name in ["a", "b", "c"]]
    for task in tasks:
        await task
