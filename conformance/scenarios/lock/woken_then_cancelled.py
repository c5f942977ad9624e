"""S-LOCK-4: the lock that a waiter was woken for, and did not live to use, goes to the next."""

import asyncio


async def hold(name, lock):
    print(f"{name} asks")
    async with lock:
        await asyncio.sleep(0)
        print(f"{name} has had it")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    a, b, c = [asyncio.create_task(hold(name, lock)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    lock.release()
    print(f"main has let go, cancel: {a.cancel()}".lower())
    try:
        await a
    except asyncio.CancelledError:
        print("a is cancelled")
    await b
    await c
