"""S-ASCOMP-1: of those that end in one iteration, the first to end comes first."""

import asyncio


async def work(name, future):
    await future
    print(f"{name} ends")
    return name


async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(3)]
    tasks = [asyncio.create_task(work(name, future)) for name, future in zip("abc", futures)]
    ends = asyncio.as_completed(tasks)
    await asyncio.sleep(0)
    for future in reversed(futures):
        future.set_result(None)
    for coming in ends:
        print(f"comes {await coming}")
