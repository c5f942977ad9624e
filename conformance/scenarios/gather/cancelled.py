"""S-GATHER-6: cancelled, it asks every child, and goes on when the last has cleaned up."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def sleeper(name, takes):
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: {name} cleans up")
        await asyncio.sleep(takes / 1000)
        print(f"{ms()} ms: {name} is clean")


async def parent():
    try:
        await asyncio.gather(sleeper("a", 10), sleeper("b", 30), return_exceptions=True)
        print("never")
    finally:
        print(f"{ms()} ms: the parent ends")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.01)
    print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    await asyncio.wait([task])
    print(f"ended cancelled: {task.cancelled()}".lower())
