"""S-TG-2: a child is made in the step in which another one fails."""

import asyncio


async def fail(group):
    print("the first child makes another, and fails")
    group.create_task(never())
    raise ValueError("boom")


async def never():
    try:
        print("the other one starts")
        await asyncio.sleep(1)
    finally:
        print("the other one ends")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(group))
            await asyncio.get_running_loop().create_future()
    except* ValueError as failed:
        print(", ".join(map(str, failed.exceptions)))
