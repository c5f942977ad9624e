"""S-TASK-1, S-TASK-3: tasks start in order of creation, and those that yield take turns."""

import asyncio


async def count(name):
    for n in range(1, 4):
        print(name, n)
        await asyncio.sleep(0)


async def main():
    tasks = [asyncio.create_task(count(name)) for name in ["a", "b", "c"]]
    print("made")
    for task in tasks:
        await task
    print("all have ended")
