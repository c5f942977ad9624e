"""S-COND-2: the predicate is asked once before the first wait and once after each."""

import asyncio


async def take(n, stock, condition):
    def enough():
        print(f"{stock['apples']} apples, {n} needed")
        return stock["apples"] >= n

    async with condition:
        await condition.wait_for(enough)
        stock["apples"] -= n
        print(f"{n} taken")


async def main():
    stock = {"apples": 1}
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(take(n, stock, condition)) for n in [4, 2, 1]]
    await asyncio.sleep(0)
    for n in [3, 2, 1]:
        async with condition:
            stock["apples"] += n
            condition.notify_all()
            print(f"{n} more")
        await asyncio.sleep(0)
    for task in tasks:
        await task
    print(f"{stock['apples']} left")
