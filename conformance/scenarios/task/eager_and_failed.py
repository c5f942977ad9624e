"""S-TASK-7: what an eager task fails with is its own, and not its maker's."""

import asyncio


async def fail():
    print("it fails")
    raise ValueError("boom")


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(fail())
    print(f"it is made, done: {task.done()}".lower())
    await asyncio.sleep(0)
    try:
        await task
    except ValueError as error:
        print(f"the awaiter has it: {error}")
