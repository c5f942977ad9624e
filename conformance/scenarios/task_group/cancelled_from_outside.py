"""S-TG-7: a cancellation from outside ends body and children, and waits for them."""

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
    async with asyncio.TaskGroup() as group:
        group.create_task(sleeper("the child", 20))
        await sleeper("the body", 10)
    print("never")


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.01)
    print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
