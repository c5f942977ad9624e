"""S-LOCK-4: a waiter is cancelled in the very iteration in which the lock comes to it."""

import asyncio


async def hold(name, lock):
    async with lock:
        print(f"{name} has it")
        await asyncio.sleep(0)
        print(f"{name} lets go")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    a, b = [asyncio.create_task(hold(name, lock)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    lock.release()
    print(f"main has let go, cancel: {a.cancel()}".lower())
    await b
    print(f"a ended cancelled: {a.cancelled()}".lower())
