"""S-TASK-5: a task waits for a future that nobody else holds, and nobody holds the task."""

import asyncio
import gc


async def wait():
    print("it waits")
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("its cleanup")


def lives():
    return any(task.get_name() == "waiter" for task in asyncio.all_tasks())


async def main():
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    asyncio.create_task(wait(), name="waiter")
    await asyncio.sleep(0)
    print("nobody holds it")
    gc.collect()
    print(f"it lives: {lives()}".lower())
    for task in asyncio.all_tasks():
        if task.get_name() == "waiter":
            print(f"cancel it: {task.cancel()}".lower())
    await asyncio.sleep(0)
    print(f"it lives: {lives()}".lower())
