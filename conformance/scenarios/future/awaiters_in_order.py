"""S-FUT-3, S-FUT-6: awaiters and callbacks of a future are told in the order in which they asked.
"""

import asyncio


async def awaits(name, future):
    print(f"{name} waits")
    value = await future
    print(f"{name} has {value}")


async def main():
    future = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(awaits("a", future))]
    await asyncio.sleep(0)
    future.add_done_callback(lambda _: print("the callback"))
    for name in ["b", "c"]:
        tasks.append(asyncio.create_task(awaits(name, future)))
    await asyncio.sleep(0)
    future.set_result(6)
    print("set")
    for task in tasks:
        await task
