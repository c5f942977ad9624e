"""S-CANCEL-1, S-CANCEL-8: tasks that are cancelled together clean up in turns, in order of the
requests.
"""

import asyncio


async def work(name, steps):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        for n in range(1, steps + 1):
            print(f"{name} cleans up, {n}")
            await asyncio.sleep(0)


async def main():
    tasks = [asyncio.create_task(work(name, n)) for name, n in [("a", 1), ("b", 3), ("c", 2)]]
    await asyncio.sleep(0)
    for task in reversed(tasks):
        task.cancel()
        task.cancel()
    for n, task in enumerate(tasks):
        try:
            await task
            print(f"{n} ended with an error: false")
        except asyncio.CancelledError:
            print(f"{n} ended with an error: true")
