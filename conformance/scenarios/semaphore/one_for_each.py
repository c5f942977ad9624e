"""S-SEM-2: units that are released together wake as many waiters, who run in one iteration."""

import asyncio


async def take(name, semaphore):
    await semaphore.acquire()
    print(f"{name} has a unit")


async def count():
    for n in range(1, 4):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(take(name, semaphore)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    counter = asyncio.create_task(count())
    semaphore.release()
    semaphore.release()
    print(f"two released, locked: {semaphore.locked()}".lower())
    await counter
    semaphore.release()
    print("one more released")
    for task in tasks:
        await task
