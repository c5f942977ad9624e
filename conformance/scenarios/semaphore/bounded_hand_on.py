"""S-SEM-2, S-SEM-4: a bounded one counts the unit that is kept for a waiter as given out."""

import asyncio


async def take(name, semaphore):
    await semaphore.acquire()
    print(f"{name} has a unit")


async def main():
    semaphore = asyncio.BoundedSemaphore(1)
    await semaphore.acquire()
    waiter = asyncio.create_task(take("the waiter", semaphore))
    await asyncio.sleep(0)
    for n in range(1, 4):
        try:
            semaphore.release()
            print(f"release {n}, locked: {semaphore.locked()}".lower())
        except ValueError:
            print(f"release {n} is one too many")
    await waiter
    print(f"locked: {semaphore.locked()}".lower())
