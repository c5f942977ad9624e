"""S-LOCK-3: who lets go and asks again at once gets in line behind those who wait."""

import asyncio


async def hold(name, lock):
    for turn in range(1, 4):
        async with lock:
            print(f"{name} has turn {turn}")
            await asyncio.sleep(0)


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(hold(name, lock)) for name in ["a", "b", "c"]]
    for task in tasks:
        await task
