"""S-CANCEL-1, S-CANCEL-4: in which iteration a task sees the request that it made itself."""

import asyncio


async def work():
    print(f"cancel: {asyncio.current_task().cancel()}".lower())
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("cleans up")


async def main():
    task = asyncio.create_task(work())
    for n in range(1, 4):
        print(f"iteration {n}, done: {task.done()}".lower())
        await asyncio.sleep(0)
    print(f"cancelled: {task.cancelled()}".lower())
