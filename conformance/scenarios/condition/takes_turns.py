"""S-COND-2: the notified run when the notifier lets go, one after the other, each with the lock."""

import asyncio


async def wait(name, condition):
    async with condition:
        await condition.wait()
        print(f"{name} has the lock")
        await asyncio.sleep(0)
        print(f"{name} lets go")


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(wait(name, condition)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    async with condition:
        condition.notify_all()
        print("all are notified")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("main lets go")
    for task in tasks:
        await task
