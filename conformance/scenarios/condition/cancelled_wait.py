"""S-COND-3: what a waiter that is cancelled finds of the lock, and when it ends."""

import asyncio


async def wait(condition):
    try:
        async with condition:
            print("waits")
            await condition.wait()
    except asyncio.CancelledError:
        print(f"is cancelled, locked: {condition.locked()}".lower())
        raise


async def main():
    condition = asyncio.Condition()
    waiter = asyncio.create_task(wait(condition))
    await asyncio.sleep(0)
    async with condition:
        print(f"main has the lock, cancel: {waiter.cancel()}".lower())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print(f"main lets go, ended: {waiter.done()}".lower())
    await asyncio.wait([waiter])
    print(f"ended cancelled: {waiter.cancelled()}".lower())
