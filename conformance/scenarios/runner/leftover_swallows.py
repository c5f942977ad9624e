"""S-RUN-1: what is left is asked once; if it swallows that, it is waited for to its end."""

import asyncio


async def stubborn():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("asked to end")
    for n in range(1, 4):
        try:
            await asyncio.sleep(0.001)
            print(f"step {n}")
        except asyncio.CancelledError:
            print("asked again")
    print("ends by itself")


async def main_task():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    print(f"main ends, the task is done: {task.done()}".lower())


def main():
    asyncio.run(main_task())
    print("the run is over")
