"""S-LOOP-14, S-RUN-1: what is ready as main ends runs once more before it is cancelled."""

import asyncio


async def other(name):
    try:
        print(f"{name} starts")
        await asyncio.sleep(0)
        print(f"{name} goes on")
        await asyncio.get_running_loop().create_future()
    finally:
        print(f"{name} ends")


async def main_task():
    tasks = [asyncio.create_task(other("a"))]
    asyncio.get_running_loop().call_soon(print, "a callback")
    await asyncio.sleep(0)
    print("main ends")
    return tasks


def main():
    tasks = asyncio.run(main_task())
    print(f"the run is over, cancelled: {tasks[0].cancelled()}".lower())
