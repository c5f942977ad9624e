"""S-WAIT-2: the first that are done are all that are done when the waiter runs."""

import asyncio
from asyncio import FIRST_COMPLETED


async def work(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(f"{name} is done")


async def main():
    tasks = [
        asyncio.create_task(work(name, turns), name=name)
        for name, turns in [("a", 2), ("b", 5), ("c", 2)]
    ]
    done, pending = await asyncio.wait(tasks, return_when=FIRST_COMPLETED)
    print(f"done: {', '.join(sorted(task.get_name() for task in done))}")
    print(f"pending: {', '.join(sorted(task.get_name() for task in pending))}")
    await asyncio.wait(pending)
