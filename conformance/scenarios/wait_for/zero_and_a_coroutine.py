"""S-WAITFOR-2: a coroutine that is given no time does not start."""

import asyncio


async def ready():
    print("the ready one starts")
    return "a value"


async def slow():
    print("the slow one starts")
    await asyncio.sleep(1)
    print("the slow one goes on")


async def main():
    try:
        print(f"it has {await asyncio.wait_for(ready(), 0)}")
    except TimeoutError:
        print("the ready one timed out")
    try:
        await asyncio.wait_for(slow(), 0)
    except TimeoutError:
        print("the slow one timed out")
