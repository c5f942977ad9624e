"""S-WAITFOR-3, S-WAITFOR-7: cancelled while it cleans up, it is cut short and has not timed out."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the cleanup begins")
        await asyncio.sleep(0.5)
        print("the cleanup ends")


async def parent():
    try:
        await asyncio.wait_for(work(), 0.02)
    except TimeoutError:
        print("timed out")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.03)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
