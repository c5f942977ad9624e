"""S-LOOP-5: the order of timers that have one deadline."""

import asyncio


async def wake(n):
    await asyncio.sleep(0.01)
    print(f"{n} is awake")


async def main():
    tasks = [asyncio.create_task(wake(n)) for n in range(8)]
    for task in tasks:
        await task
