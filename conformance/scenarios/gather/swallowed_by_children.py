"""S-GATHER-6: every child swallows the cancellation of the gather and returns a value."""

import asyncio


async def stubborn(name):
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(f"{name} swallows it")
    return name


async def parent():
    try:
        results = await asyncio.gather(stubborn("a"), stubborn("b"))
        print(f"results: {', '.join(results)}")
        await asyncio.sleep(1)
    finally:
        print("the parent ends")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"ended cancelled: {task.cancelled()}".lower())
