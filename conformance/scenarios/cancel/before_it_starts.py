"""S-CANCEL-3: cancelled before its first step, a task never runs, not even its cleanup."""

import asyncio


async def work(name):
    print(f"{name} starts")
    try:
        await asyncio.sleep(0)
    finally:
        print(f"{name} cleans up")
    print(f"{name} ends")


async def main():
    tasks = [asyncio.create_task(work(name)) for name in ["a", "b", "c"]]
    print(f"cancel b: {tasks[1].cancel()}".lower())
    for _ in range(3):
        print(f"b is cancelled: {tasks[1].cancelled()}".lower())
        await asyncio.sleep(0)
    for task in tasks:
        print(f"done: {task.done()}, cancelled: {task.cancelled()}".lower())
