"""S-CANCEL-2: a request goes to the innermost task awaited; cleanups run from the inside outward.
"""

import asyncio


async def link(n):
    print(f"link {n} waits")
    try:
        if n > 0:
            below = asyncio.create_task(link(n - 1))
            await below
        else:
            await asyncio.get_running_loop().create_future()
    finally:
        print(f"link {n} cleans up")
        await asyncio.sleep(0)
        print(f"link {n} is clean")


async def main():
    task = asyncio.create_task(link(3))
    for _ in range(4):
        await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    try:
        await task
        print("ended with an error: false")
    except asyncio.CancelledError:
        print("ended with an error: true")
