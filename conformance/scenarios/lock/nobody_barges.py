"""S-LOCK-2, S-LOCK-3: a lock that is free for a woken waiter is not to be had by anybody else."""

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
    newcomer = asyncio.create_task(hold("the newcomer", lock))
    lock.release()
    print(f"main has let go, locked: {lock.locked()}".lower())
    async with lock:
        print("main has it again")
    await waiter
    await newcomer
