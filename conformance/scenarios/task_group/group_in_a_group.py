"""S-TG-2, S-TG-3: an inner group that fails has ended when the outer one hears of it."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def sleeper(name):
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: {name} cleans up")
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: {name} is clean")


async def fail():
    await asyncio.sleep(0.02)
    raise ValueError("boom")


async def inner():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper("the inner sibling"))
            group.create_task(fail())
    except* ValueError as failed:
        print(f"{ms()} ms: the inner group: {', '.join(map(str, failed.exceptions))}")
        raise ValueError("the inner group failed")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleeper("the outer sibling"))
            group.create_task(inner())
    except* ValueError:
        print(f"{ms()} ms: the outer group failed")
