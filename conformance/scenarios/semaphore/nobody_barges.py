"""S-SEM-1, S-SEM-2: the unit of a woken waiter is not to be had by anybody else."""

import asyncio


async def hold(name, semaphore):
    print(f"{name} asks")
    async with semaphore:
        print(f"{name} has it")


async def main():
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()
    waiter = asyncio.create_task(hold("the waiter", semaphore))
    await asyncio.sleep(0)
    newcomer = asyncio.create_task(hold("the newcomer", semaphore))
    semaphore.release()
    print(f"main has let go, locked: {semaphore.locked()}".lower())
    async with semaphore:
        print("main has it again")
    await waiter
    await newcomer
    print(f"locked: {semaphore.locked()}".lower())
