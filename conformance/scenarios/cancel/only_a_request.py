"""S-CANCEL-1: `cancel` only asks: the task is cancelled at its await, in a later iteration."""

import asyncio


async def work():
    print("the task waits")
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the task cleans up")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    print(f"done: {task.done()}, cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0)
    print(f"done: {task.done()}, cancelled: {task.cancelled()}".lower())
    print(f"cancel again: {task.cancel()}".lower())
