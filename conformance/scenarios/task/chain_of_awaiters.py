"""S-TASK-2: a chain of tasks that await each other ends link by link, one in each iteration."""

import asyncio


async def link(n):
    print(f"link {n} starts")
    below = await asyncio.create_task(link(n - 1)) if n > 0 else 0
    print(f"link {n} ends")
    return below + n


async def beside():
    for n in range(1, 9):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    other = asyncio.create_task(beside())
    print(f"the sum is {await asyncio.create_task(link(3))}")
    await other
