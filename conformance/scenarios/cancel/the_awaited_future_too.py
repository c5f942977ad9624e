"""S-CANCEL-2: a future that a cancelled task awaits is cancelled too, and its other awaiter is
told.
"""

import asyncio


async def awaits(name, future):
    print(f"{name} waits")
    try:
        await future
    except asyncio.CancelledError:
        if name == "the other":
            print(f"{name} is told")
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    cancelled = asyncio.create_task(awaits("the cancelled one", future))
    other = asyncio.create_task(awaits("the other", future))
    await asyncio.sleep(0)
    print(f"cancel: {cancelled.cancel()}".lower())
    for _ in range(3):
        await asyncio.sleep(0)
    print(f"the future is cancelled: {future.cancelled()}".lower())
    print(f"the tasks have ended: {cancelled.done()}, {other.done()}".lower())
    print(f"requests: {cancelled.cancelling()}, {other.cancelling()}")
