"""S-SHIELD-2: when the work itself is cancelled, so is the awaiter."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    await asyncio.sleep(0.01)
    asyncio.current_task().cancel()
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the work ends")


async def awaiter():
    try:
        await asyncio.shield(work())
        print("never")
    finally:
        print(f"{ms()} ms: the awaiter ends, requests: {asyncio.current_task().cancelling()}")


async def main():
    task = asyncio.create_task(awaiter())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
