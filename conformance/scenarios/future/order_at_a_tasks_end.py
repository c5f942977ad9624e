"""S-FUT-3, S-FUT-6: the order in which a task's awaiter and its callbacks are told."""

import asyncio


async def work():
    for _ in range(3):
        await asyncio.sleep(0)
    print("the work ends")


async def awaits(task):
    print("the awaiter waits")
    await task
    print("the awaiter goes on")


async def main():
    task = asyncio.create_task(work())
    task.add_done_callback(lambda _: print("the earlier callback"))
    awaiter = asyncio.create_task(awaits(task))
    await asyncio.sleep(0)
    task.add_done_callback(lambda _: print("the later callback"))
    await awaiter
    await asyncio.sleep(0)
