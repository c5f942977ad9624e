"""S-TASK-8: an eager task that is cancelled at once has begun, and is told where it waits."""

import asyncio


async def work(name):
    print(f"{name} begins")
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print(f"{name} cleans up")


async def main():
    lazy = asyncio.create_task(work("lazy"))
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    eager = asyncio.create_task(work("eager"))
    for task in [lazy, eager]:
        task.cancel()
    print(f"cancelled: {eager.cancelled()}, requests: {eager.cancelling()}".lower())
    for task in [lazy, eager]:
        try:
            await task
        except asyncio.CancelledError:
            print(f"cancelled: {task.cancelled()}".lower())
