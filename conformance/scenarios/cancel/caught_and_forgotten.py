"""S-CANCEL-9: a task catches its cancellation, does nothing about it, and goes on."""

import asyncio


async def work():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("it is cancelled")
    print("it goes on")
    await asyncio.sleep(0)
    print("it goes on for ever")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    while not task.done():
        await asyncio.sleep(0)
    print(f"cancelled: {task.cancelled()}".lower())
