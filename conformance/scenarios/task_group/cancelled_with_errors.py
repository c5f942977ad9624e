"""S-TG-9: errors beside a cancellation are told first, and the next await ends the task."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def child():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(f"{ms()} ms: the child fails")
        raise ValueError("the cleanup failed")


async def parent():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
    except* ValueError as failed:
        print(f"{ms()} ms: {', '.join(map(str, failed.exceptions))}")
    print(f"requests: {asyncio.current_task().cancelling()}")
    await asyncio.sleep(1)
    print("never")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
