"""S-COND-3: a wait cancelled while nobody has the lock ends at once, and leaves it free."""

import asyncio


async def wait(name, condition):
    async with condition:
        print(f"{name} waits")
        await condition.wait()
        print(f"{name} goes on")


async def main():
    condition = asyncio.Condition()
    a, b = [asyncio.create_task(wait(name, condition)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    print(f"cancel: {a.cancel()}".lower())
    await asyncio.sleep(0)
    print(f"ended cancelled: {a.cancelled()}, locked: {condition.locked()}".lower())
    async with condition:
        condition.notify()
        print("one is notified")
    await b
