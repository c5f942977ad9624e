"""S-COND-4: a waiter that is cancelled before it has used its notification passes it on."""

import asyncio


async def wait(name, condition):
    async with condition:
        print(f"{name} waits")
        await condition.wait()
        print(f"{name} goes on")


async def main():
    condition = asyncio.Condition()
    a, b, c = [asyncio.create_task(wait(name, condition)) for name in ["a", "b", "c"]]
    await asyncio.sleep(0)
    async with condition:
        condition.notify()
        print("one is notified")
        await asyncio.sleep(0)
        print(f"cancel: {a.cancel()}".lower())
        await asyncio.sleep(0)
        print("main lets go")
    await b
    print(f"a ended cancelled: {a.cancelled()}, c waits: {not c.done()}".lower())
    async with condition:
        condition.notify()
    await c
