"""S-SEM-1, S-SEM-3: a waiter that is cancelled leaves the line and takes no unit with it."""

import asyncio


async def hold(name, semaphore):
    print(f"{name} asks")
    try:
        await semaphore.acquire()
    except asyncio.CancelledError:
        print(f"{name} is cancelled")
        raise
    print(f"{name} has it")
    for _ in range(2):
        await asyncio.sleep(0)
    print(f"{name} lets go")
    semaphore.release()


async def main():
    semaphore = asyncio.Semaphore(2)
    a, b, c, d = [asyncio.create_task(hold(name, semaphore)) for name in ["a", "b", "c", "d"]]
    await asyncio.sleep(0)
    print(f"cancel: {c.cancel()}".lower())
    for task in [a, b, d]:
        await task
    print(f"c ended cancelled: {c.cancelled()}".lower())
