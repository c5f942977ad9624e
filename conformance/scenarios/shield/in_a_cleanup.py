"""S-SHIELD-1: a cleanup that is shielded is not cut short by a second cancellation."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def save():
    print(f"{ms()} ms: saves")
    await asyncio.sleep(0.05)
    print(f"{ms()} ms: saved")


async def worker():
    try:
        await asyncio.sleep(1)
    finally:
        await asyncio.shield(save())
        print("never")


async def main():
    task = asyncio.create_task(worker())
    for _ in range(2):
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.05)
