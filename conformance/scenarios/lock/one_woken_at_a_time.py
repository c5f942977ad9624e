"""S-LOCK-2: each release wakes one waiter, who has the lock one iteration later."""

import asyncio


async def hold(name, lock):
    async with lock:
        print(f"{name} has it")


async def count():
    for n in range(1, 6):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(hold(name, lock)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    counter = asyncio.create_task(count())
    lock.release()
    print("main has let go")
    for task in tasks:
        await task
    print("all have ended")
    await counter
