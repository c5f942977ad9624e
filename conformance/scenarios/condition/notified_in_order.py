"""S-COND-2: as many as were asked for are notified, in order of arrival; the others wait on."""

import asyncio


async def wait(name, condition):
    async with condition:
        print(f"{name} waits")
        await condition.wait()
        print(f"{name} goes on")


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(wait(name, condition)) for name in ["a", "b", "c", "d", "e"]]
    await asyncio.sleep(0)
    for n in [2, 1, 10]:
        async with condition:
            condition.notify(n)
            print(f"{n} notified")
        for _ in range(5):
            await asyncio.sleep(0)
        print(f"still waiting: {sum(not task.done() for task in tasks)}")
