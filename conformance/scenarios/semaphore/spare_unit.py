"""S-SEM-1: who comes before the woken have run gets in line, though there is a unit to spare."""

import asyncio


async def hold(name, semaphore):
    print(f"{name} asks, locked: {semaphore.locked()}".lower())
    async with semaphore:
        print(f"{name} has it")
        await asyncio.sleep(0)
        print(f"{name} lets go")


async def main():
    semaphore = asyncio.Semaphore(0)
    waiter = asyncio.create_task(hold("the waiter", semaphore))
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    print("two units are there")
    await hold("main", semaphore)
    await waiter
    print(f"locked: {semaphore.locked()}".lower())
