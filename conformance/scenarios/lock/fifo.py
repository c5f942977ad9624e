"""S-LOCK-1, S-LOCK-3: a free lock is taken without waiting, and waiters get it in their order."""

import asyncio


async def hold(name, lock):
    print(f"{name} asks")
    async with lock:
        print(f"{name} has it")
        await asyncio.sleep(0)
        print(f"{name} lets go")


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(hold(name, lock)) for name in ["a", "b", "c"]]
    for task in tasks:
        await task
