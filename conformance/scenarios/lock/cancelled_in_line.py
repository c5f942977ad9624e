"""S-LOCK-3: a waiter that is cancelled leaves the line, and the others keep their order."""

import asyncio


async def hold(name, lock):
    print(f"{name} asks")
    try:
        await lock.acquire()
    except asyncio.CancelledError:
        print(f"{name} is cancelled")
        raise
    print(f"{name} has it")
    await asyncio.sleep(0)
    print(f"{name} lets go")
    lock.release()


async def main():
    lock = asyncio.Lock()
    a, b, c, d = [asyncio.create_task(hold(name, lock)) for name in ["a", "b", "c", "d"]]
    await asyncio.sleep(0)
    print(f"cancel: {c.cancel()}".lower())
    for task in [a, b, d]:
        await task
    print(f"c ended cancelled: {c.cancelled()}".lower())
