"""S-COND-2: a notification that finds nobody waiting is lost."""

import asyncio


async def wait(condition):
    async with condition:
        print("waits")
        await condition.wait()
        print("goes on")


async def main():
    condition = asyncio.Condition()
    async with condition:
        condition.notify_all()
        print("notified")
    waiter = asyncio.create_task(wait(condition))
    for _ in range(3):
        await asyncio.sleep(0)
    print(f"ended: {waiter.done()}".lower())
    async with condition:
        condition.notify()
        print("notified again")
    await waiter
