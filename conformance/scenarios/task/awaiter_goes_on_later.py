"""S-TASK-2: an awaiter goes on one iteration after the task's end, behind what its last step
queued.
"""

import asyncio


async def work():
    print("the first step")
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(print, "queued by the last step")
    print("the last step")


async def beside():
    for n in range(1, 6):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    other = asyncio.create_task(beside())
    await asyncio.create_task(work())
    print("the awaiter goes on")
    await other
