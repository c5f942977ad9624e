"""S-LOOP-14: what else is ready in the iteration in which a run's future ends runs before it
returns.
"""

import asyncio


async def ends():
    print("the future begins")
    await asyncio.sleep(0)
    print("the future ends")
    asyncio.get_running_loop().call_soon(print, "queued by its last step")


async def beside():
    for n in range(1, 6):
        print(f"beside it, {n}")
        await asyncio.sleep(0)


def main():
    loop = asyncio.new_event_loop()
    task = loop.create_task(beside())
    loop.run_until_complete(ends())
    print("the run is over")
    loop.run_until_complete(task)
    loop.close()
