"""S-TG-2, S-TG-3: children that fail in the iteration of the first error are all told of."""

import asyncio


async def fail(name):
    print(f"{name} starts")
    await asyncio.sleep(0)
    print(f"{name} fails")
    raise ValueError(name)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            for name in ["a", "b", "c"]:
                group.create_task(fail(name))
    except* ValueError as failed:
        print(", ".join(map(str, failed.exceptions)))
