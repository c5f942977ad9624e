"""S-CANCEL-8: two requests before the first is seen arrive as one, and count as two."""

import asyncio


async def work():
    for n in range(1, 3):
        print(f"wait {n}")
        try:
            if n == 1:
                await asyncio.get_running_loop().create_future()
            else:
                await asyncio.sleep(0)
            print(f"wait {n} is over")
        except asyncio.CancelledError:
            print(f"wait {n} is cancelled")
    return "its value"


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    print(f"cancel: {task.cancel()}".lower())
    print(f"requests: {task.cancelling()}")
    print(f"it returns {await task}")
    print(f"requests: {task.cancelling()}")
