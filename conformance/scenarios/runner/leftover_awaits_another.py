"""S-RUN-1: what is left is cancelled once, also when one of them waits for the other."""

import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the child cleans up")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("the child is clean")


async def parent():
    try:
        await asyncio.create_task(child())
    finally:
        print("the parent ends")


async def main_task():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(f"main ends, the parent is done: {task.done()}".lower())


def main():
    asyncio.run(main_task())
    print("the run is over")
