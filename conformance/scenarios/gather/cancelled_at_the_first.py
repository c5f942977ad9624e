"""S-GATHER-7: cancelled, it ends with the first child that does, if exceptions are not results."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def sleeper(name, takes):
    try:
        await asyncio.sleep(1)
    finally:
        await asyncio.sleep(takes / 1000)
        print(f"{ms()} ms: {name} is clean")


async def parent():
    try:
        await asyncio.gather(sleeper("a", 10), sleeper("b", 30))
        print("never")
    finally:
        print(f"{ms()} ms: the parent ends")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.05)
