"""S-RUN-3: a task is born in the cleanup of one that is left."""

import asyncio


async def late():
    try:
        print("the late one starts")
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("the late one cleans up")
        raise


async def leftover(born):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        born.append(asyncio.create_task(late()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("what was left ends")


async def main_task(born):
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    task = asyncio.create_task(leftover(born))
    await asyncio.sleep(0)
    print(f"main ends, the task is done: {task.done()}".lower())


def main():
    born = []
    asyncio.run(main_task(born))
    print(f"the run is over, the late one has ended: {born[0].done()}".lower())
