"""S-CANCEL-4: a task that cancels itself goes on through awaits of what is done, up to a real one.
"""

import asyncio


async def work():
    done = asyncio.get_running_loop().create_future()
    done.set_result("what is done")
    print(f"cancel: {asyncio.current_task().cancel()}".lower())
    print("goes on")
    print(f"awaits {await done}")
    print("suspends")
    try:
        await asyncio.sleep(0)
    finally:
        print("cleans up")
    print("never")


async def main():
    task = asyncio.create_task(work())
    while not task.done():
        await asyncio.sleep(0)
    print(f"cancelled: {task.cancelled()}".lower())
