"""S-TG-1: when the group is over all children are done, and their results are there."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, after):
    await asyncio.sleep(after / 1000)
    print(f"{ms()} ms: {name} is fetched")
    return f"the page of {name}"


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(name, after)) for name, after in [("a", 30), ("b", 10)]]
        print(f"{ms()} ms: the body ends")
    print(f"{ms()} ms: the group is over")
    for task in tasks:
        print(task.result())
