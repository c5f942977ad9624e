"""S-RUN-2: what fails while it cleans up at the end is reported."""

import asyncio


async def broken():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the cleanup fails")
        raise ValueError("boom")


async def main_task():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(f"reported: {context['exception']}"))
    task = asyncio.create_task(broken())
    await asyncio.sleep(0)
    print(f"main ends, the task is done: {task.done()}".lower())


def main():
    asyncio.run(main_task())
    print("the run is over")
