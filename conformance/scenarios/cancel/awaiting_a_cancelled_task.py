"""S-CANCEL-13: a task awaits another that is cancelled, and is not cancelled itself."""

import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the child cleans up")


async def parent(child):
    try:
        await child
        print("the child has ended well")
    finally:
        print(f"requests to the parent: {asyncio.current_task().cancelling()}")
    print("the parent goes on")


async def main():
    task = asyncio.create_task(child())
    awaiter = asyncio.create_task(parent(task))
    await asyncio.sleep(0)
    print(f"cancel the child: {task.cancel()}".lower())
    while not awaiter.done():
        await asyncio.sleep(0)
    print(f"the parent ended cancelled: {awaiter.cancelled()}".lower())
