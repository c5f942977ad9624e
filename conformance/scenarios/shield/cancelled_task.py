"""S-SHIELD-2: a task is shielded, and cancelled by somebody else."""

import asyncio


async def work():
    await asyncio.sleep(1)


async def awaiter(task):
    try:
        await asyncio.shield(task)
        print("the awaiter goes on")
    except asyncio.CancelledError:
        print("the awaiter is cancelled")
        raise


async def main():
    task = asyncio.create_task(work())
    waiting = asyncio.create_task(awaiter(task))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([waiting])
    print(f"ended cancelled: {waiting.cancelled()}".lower())
