"""S-TG-7, S-TG-8: the group waits for its children however often it is cancelled meanwhile."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def child():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the child cleans up")
        await asyncio.sleep(0.05)
        print(f"{ms()} ms: the child is clean")


async def parent():
    async with asyncio.TaskGroup() as group:
        group.create_task(child())
    print("never")


async def main():
    task = asyncio.create_task(parent())
    for _ in range(3):
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
