"""S-COND-2: makers and takers share a buffer for two, and wait for room and for goods."""

import asyncio


async def make(name, n, buffer, condition):
    for i in range(1, n + 1):
        async with condition:
            await condition.wait_for(lambda: len(buffer) < 2)
            buffer.append(f"{name}{i}")
            print(f"{name}{i} made")
            condition.notify_all()


async def take(name, n, buffer, condition):
    for _ in range(n):
        async with condition:
            await condition.wait_for(lambda: len(buffer) > 0)
            print(f"{name} takes {buffer.pop(0)}")
            condition.notify_all()


async def main():
    buffer = []
    condition = asyncio.Condition()
    tasks = [
        asyncio.create_task(make("a", 4, buffer, condition)),
        asyncio.create_task(make("b", 3, buffer, condition)),
        asyncio.create_task(take("x", 4, buffer, condition)),
        asyncio.create_task(take("y", 3, buffer, condition)),
    ]
    for task in tasks:
        await task
