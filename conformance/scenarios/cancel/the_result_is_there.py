"""S-CANCEL-6: a task is cancelled when the result it waits for is there, before it has woken."""

import asyncio


async def work(future):
    print(f"the task has {await future}")
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the task cleans up")


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work(future))
    await asyncio.sleep(0)
    future.set_result(6)
    print(f"cancel: {task.cancel()}".lower())
    for _ in range(2):
        await asyncio.sleep(0)
    print(f"the future has {future.result()}")
    print(f"cancelled: {task.cancelled()}".lower())
