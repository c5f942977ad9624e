"""S-COND-2: who was notified gets in line for the lock behind those who asked for it before."""

import asyncio


async def wait(condition):
    async with condition:
        await condition.wait()
        print("the notified has the lock")


async def ask(name, condition):
    print(f"{name} asks")
    async with condition:
        print(f"{name} has the lock")


async def main():
    condition = asyncio.Condition()
    waiter = asyncio.create_task(wait(condition))
    await asyncio.sleep(0)
    async with condition:
        early = asyncio.create_task(ask("the early one", condition))
        await asyncio.sleep(0)
        late = asyncio.create_task(ask("the late one", condition))
        condition.notify()
        print("notified")
    await late
    await early
    await waiter
