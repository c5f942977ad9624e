"""S-CANCEL-7: a child swallows the cancellation that its parent passed on to it."""

import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("the child is cancelled, and swallows it")
    return "the child's value"


async def parent():
    value = await asyncio.create_task(child())
    print(f"the parent has {value}")
    await asyncio.sleep(0)
    print("the parent goes on")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(f"cancel: {task.cancel()}".lower())
    await asyncio.wait([task])
    print(f"ended cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
