"""S-COND-1, S-COND-2: a wait lets the lock go, and gives it back when it is over."""

import asyncio


async def wait(condition):
    async with condition:
        print(f"waits, locked: {condition.locked()}".lower())
        await condition.wait()
        print(f"goes on, locked: {condition.locked()}".lower())
    print(f"has let go, locked: {condition.locked()}".lower())


async def main():
    condition = asyncio.Condition()
    waiter = asyncio.create_task(wait(condition))
    await asyncio.sleep(0)
    print(f"it waits, locked: {condition.locked()}".lower())
    async with condition:
        condition.notify()
        print(f"notified, locked: {condition.locked()}".lower())
    print(f"main has let go, locked: {condition.locked()}".lower())
    await waiter
