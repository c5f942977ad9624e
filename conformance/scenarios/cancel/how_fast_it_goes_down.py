"""S-CANCEL-2: in which iteration a request arrives at the innermost of four tasks."""

import asyncio


async def link(n):
    try:
        if n > 0:
            await asyncio.create_task(link(n - 1))
        else:
            await asyncio.get_running_loop().create_future()
    finally:
        print(f"link {n} is told")


async def main():
    task = asyncio.create_task(link(3))
    for _ in range(4):
        await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    for n in range(1, 10):
        print(f"iteration {n}")
        await asyncio.sleep(0)
    print(f"cancelled: {task.cancelled()}".lower())
