"""S-CANCEL-2: when a future is cancelled that a cancelled task awaits."""

import asyncio


async def awaits(future):
    print("the task waits")
    await future


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(awaits(future))
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    print(f"in the call: {future.cancelled()}".lower())
    await asyncio.sleep(0)
    print(f"an iteration later: {future.cancelled()}".lower())
    print(f"the task is cancelled: {task.cancelled()}".lower())
