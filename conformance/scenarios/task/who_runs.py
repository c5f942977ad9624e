"""S-TASK-1: a task is listed before it starts, is the current one as it runs, and a callback has
none.
"""

import asyncio


def show(place):
    task = asyncio.current_task()
    name = task.get_name() if task else "nobody"
    names = sorted(task.get_name() for task in asyncio.all_tasks())
    print(f"{place}: {name} of {' '.join(names)}")


async def work():
    show("the task, first step")
    await asyncio.sleep(0)
    show("the task, last step")


async def main():
    asyncio.current_task().set_name("main")
    show("before")
    task = asyncio.create_task(work(), name="worker")
    show("made")
    asyncio.get_running_loop().call_soon(show, "a callback")
    await task
    show("after")
