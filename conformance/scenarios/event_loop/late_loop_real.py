"""S-LOOP-3: a loop that was kept busy finds two deadlines passed at once."""

import asyncio
import time


async def wake(name, after):
    await asyncio.sleep(after / 1000)
    for step in range(1, 4):
        print(f"{name}, step {step}")
        await asyncio.sleep(0)


async def late():
    early = asyncio.create_task(wake("the early one", 5))
    late = asyncio.create_task(wake("the late one", 10))
    await asyncio.sleep(0)
    time.sleep(0.03)
    print("both deadlines have passed")
    await early
    await late


def main():
    asyncio.run(late())
