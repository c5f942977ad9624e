"""S-TG-2, S-TG-4: a child that swallows the cancellation is waited for, and is no failure."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def stubborn():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(f"{ms()} ms: the stubborn one goes on")
    await asyncio.sleep(0.05)
    print(f"{ms()} ms: the stubborn one is done")


async def fail():
    await asyncio.sleep(0.01)
    raise ValueError("boom")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(stubborn())
            group.create_task(fail())
    except* ValueError as failed:
        print(f"{ms()} ms: {', '.join(map(str, failed.exceptions))}")
