"""S-CANCEL-5: a task that was cancelled returns before it suspends again."""

import asyncio


async def work():
    print(f"cancel: {asyncio.current_task().cancel()}".lower())
    return "the value"


async def main():
    task = asyncio.create_task(work())
    try:
        print(f"it returned {await task}")
    except asyncio.CancelledError:
        print("its value is gone")
    print(f"cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
