"""S-TASK-1: making a task runs nothing of it; it starts in the next iteration, children after
parents.
"""

import asyncio


async def tree(name, depth):
    print(f"{name} starts")
    if depth > 0:
        left = asyncio.create_task(tree(f"{name}.1", depth - 1))
        right = asyncio.create_task(tree(f"{name}.2", depth - 1))
        print(f"{name} has made its children")
        await left
        await right
    print(f"{name} ends")


async def main():
    task = asyncio.create_task(tree("task", 2))
    print("nothing has started")
    await asyncio.sleep(0)
    print("one iteration later")
    await task
