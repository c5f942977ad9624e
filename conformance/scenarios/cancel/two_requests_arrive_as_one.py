"""S-CANCEL-8: two requests before the first is seen arrive as one, and count as two."""

import asyncio


async def wait(n, future):
    print(f"wait {n}")
    try:
        await future
        print(f"wait {n} is over")
    except asyncio.CancelledError:
        print(f"wait {n} is cancelled")


async def work(second):
    await wait(1, asyncio.get_running_loop().create_future())
    await wait(2, second)
    return "its value"


async def main():
    second = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work(second))
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    print(f"cancel: {task.cancel()}".lower())
    print(f"requests: {task.cancelling()}")
    for _ in range(3):
        await asyncio.sleep(0)
    second.set_result(None)
    print(f"it returns {await task}")
    print(f"requests: {task.cancelling()}")
