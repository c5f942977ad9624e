"""S-LOCK-3: the only waiter was cancelled and has not run yet, and somebody else asks."""

import asyncio


async def hold(name, lock):
    print(f"{name} asks")
    async with lock:
        print(f"{name} has it")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    waiter = asyncio.create_task(hold("the waiter", lock))
    await asyncio.sleep(0)
    print(f"cancel: {waiter.cancel()}".lower())
    lock.release()
    await hold("main", lock)
