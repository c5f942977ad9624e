"""S-TASK-7: one that ends at its first step is done as it is returned, and was never queued."""

import asyncio


def names():
    return " ".join(sorted(task.get_name() for task in asyncio.all_tasks()))


async def inner():
    asyncio.current_task().set_name("inner")
    print(f"{asyncio.current_task().get_name()} of {names()}")
    return "a value"


async def outer():
    asyncio.current_task().set_name("outer")
    task = asyncio.create_task(inner())
    print(f"{asyncio.current_task().get_name()} again, of {names()}")
    print(f"inner is done: {task.done()}".lower())
    return f"{await task}, passed on"


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    asyncio.current_task().set_name("main")
    loop.call_soon(print, "the next iteration")
    task = asyncio.create_task(outer())
    print(f"{asyncio.current_task().get_name()} again, of {names()}")
    print(f"outer has {task.result()}")
    task.add_done_callback(lambda task: print(f"told of it, done: {task.done()}".lower()))
    await task
    print("awaiting it takes no time")
    await asyncio.sleep(0)
