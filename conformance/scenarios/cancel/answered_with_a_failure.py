"""S-CANCEL-12: a task that answers its cancellation with a failure has failed, and is not
cancelled.
"""

import asyncio


async def work():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("it is cancelled, and fails")
        raise ValueError("boom")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    try:
        await task
        print("it has ended well")
    except ValueError as error:
        print(f"it has failed: {error}")
    print(f"cancelled: {task.cancelled()}".lower())
