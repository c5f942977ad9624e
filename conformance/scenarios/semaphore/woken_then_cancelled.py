"""S-SEM-3: the unit kept for a waiter that did not live to use it goes to the next."""

import asyncio


async def hold(name, semaphore):
    print(f"{name} asks")
    async with semaphore:
        await asyncio.sleep(0)
        print(f"{name} has had it")


async def main():
    semaphore = asyncio.Semaphore(0)
    a, b, c = [asyncio.create_task(hold(name, semaphore)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    semaphore.release()
    print(f"released, cancel: {a.cancel()}".lower())
    try:
        await a
    except asyncio.CancelledError:
        print("a is cancelled")
    await b
    await c
    print(f"locked: {semaphore.locked()}".lower())
