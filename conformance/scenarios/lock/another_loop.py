"""S-LOCK-6: a lock that tasks of one loop have waited for, used on another loop."""

import asyncio


async def hold(name, lock):
    async with lock:
        print(f"{name} has it")
        await asyncio.sleep(0)


async def contend(lock):
    tasks = [asyncio.create_task(hold(name, lock)) for name in ["a", "b"]]
    for task in tasks:
        try:
            await task
        except RuntimeError:
            print("the lock is of another loop")


def main():
    lock = asyncio.Lock()
    print("the first loop")
    asyncio.run(contend(lock))
    print("the second loop")
    asyncio.run(contend(lock))
