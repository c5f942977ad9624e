"""S-LOOP-13, S-RUN-8: a task that the first run leaves behind goes on in the second."""

import asyncio


async def count():
    for n in range(1, 5):
        print(f"count {n}")
        await asyncio.sleep(0)
    await asyncio.get_running_loop().create_future()


async def first():
    task = asyncio.create_task(count())
    await asyncio.sleep(0)
    print("the first run ends")
    return task


async def second():
    print("the second run begins")
    await asyncio.sleep(0)
    print("the second run ends")


def main():
    with asyncio.Runner() as runner:
        task = runner.run(first())
        print("between the runs")
        runner.run(second())
        print(f"closes, the task is done: {task.done()}".lower())
    print(f"closed, the task is cancelled: {task.cancelled()}".lower())
