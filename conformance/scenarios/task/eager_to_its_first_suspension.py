"""S-TASK-7: an eager task runs as it is made, up to its first suspension, and goes on in turn."""

import asyncio


async def work(name):
    for step in range(3):
        print(f"{name} {step}")
        await asyncio.sleep(0)
    print(f"{name} ends")


async def main():
    loop = asyncio.get_running_loop()
    lazy = asyncio.create_task(work("lazy"))
    loop.set_task_factory(asyncio.eager_task_factory)
    loop.call_soon(print, "a callback")
    print("main makes it")
    task = asyncio.create_task(work("eager"))
    print(f"main has made it, done: {task.done()}".lower())
    await asyncio.sleep(0)
    print("main goes on")
    await task
    await lazy
    print("main ends")
