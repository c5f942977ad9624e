"""S-TG-1: the group waits for all children, also for one that is made while it waits."""

import asyncio


async def late():
    print("the late child starts")
    await asyncio.sleep(0)
    print("the late child ends")


async def early(group):
    print("the early child starts")
    await asyncio.sleep(0)
    group.create_task(late())
    print("the early child ends")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(early(group))
        print("the body ends")
    print("the group is over")
