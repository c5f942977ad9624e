"""S-COND-2: a predicate that is true does not make its caller suspend, and the lock stays held."""

import asyncio


async def ask(condition):
    print("the other asks")
    async with condition:
        print("the other has the lock")


async def main():
    condition = asyncio.Condition()
    other = asyncio.create_task(ask(condition))
    async with condition:
        for n in range(1, 4):
            await condition.wait_for(lambda: True)
            print(f"true {n}")
        await asyncio.sleep(0)
        print("main lets go")
    await other
