"""S-TG-1: what else happens between the end of the last child and that of the group."""

import asyncio


async def child():
    await asyncio.sleep(0)
    print("the last child ends")


async def count():
    for n in range(1, 7):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    counter = asyncio.create_task(count())
    async with asyncio.TaskGroup() as group:
        task = group.create_task(child())
        task.add_done_callback(lambda task: print("its callback"))
    print("the group is over")
    await counter
