"""S-WAITFOR-7: a cancellation from outside reaches the work, and is no timeout."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the work cleans up")
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: the work is clean")


async def parent():
    try:
        await asyncio.wait_for(work(), 0.04)
        print("never")
    except TimeoutError:
        print("timed out")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
