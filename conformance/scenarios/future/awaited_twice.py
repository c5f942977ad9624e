"""S-FUT-7: a task that is awaited for the second time."""

import asyncio


async def work():
    print("the work runs once")
    return "its value"


async def main():
    task = asyncio.create_task(work())
    print(f"the first await: {await task}")
    print(f"the second: {await task}")
