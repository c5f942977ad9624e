"""S-CANCEL-4: a task is cancelled while it is ready to go on from a yield."""

import asyncio


async def work():
    print("the first step")
    await asyncio.sleep(0)
    print("the second step")
    await asyncio.get_running_loop().create_future()
    print("never")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    for _ in range(2):
        await asyncio.sleep(0)
    print(f"cancelled: {task.cancelled()}".lower())
