"""S-TASK-9: a task may be eager without a factory, and need not be with one."""

import asyncio


async def work(name):
    print(f"{name} runs")


async def main():
    loop = asyncio.get_running_loop()
    made = [asyncio.Task(work("eager"), loop=loop, eager_start=True)]
    print("the first is made")
    loop.set_task_factory(asyncio.eager_task_factory)
    made.append(asyncio.Task(work("lazy"), loop=loop, eager_start=False))
    print("the second is made")
    made.append(asyncio.create_task(work("as the factory says")))
    print(f"done: {' '.join(str(task.done()) for task in made)}".lower())
    await asyncio.sleep(0)
    print(f"done: {' '.join(str(task.done()) for task in made)}".lower())
