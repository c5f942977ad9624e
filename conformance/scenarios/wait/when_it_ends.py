"""S-WAIT-2: what else happens between the end of the task and the end of the wait."""

import asyncio


async def child():
    await asyncio.sleep(0)
    print("the task ends")


async def count():
    for n in range(1, 7):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    counter = asyncio.create_task(count())
    task = asyncio.create_task(child())
    task.add_done_callback(lambda task: print("its callback"))
    await asyncio.wait([task])
    print("the wait is over")
    await counter
