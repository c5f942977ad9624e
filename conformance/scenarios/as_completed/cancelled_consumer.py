"""S-ASCOMP-2: who asks may be cancelled; that is not passed on to the tasks."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: {name} is fetched")
    return name


async def reader():
    try:
        for coming in asyncio.as_completed([fetch("a", 10), fetch("b", 30)]):
            name = await coming
            print(f"{ms()} ms: reads {name}")
    finally:
        print(f"{ms()} ms: the reader ends")


async def main():
    task = asyncio.create_task(reader())
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait([task])
    print(f"ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.02)
