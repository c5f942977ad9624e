"""S-GATHER-2: the first failure is had at once, and the others run on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fail():
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: one fails")
    raise ValueError("boom")


async def work(name, takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: {name} is done")


async def parent():
    await asyncio.gather(work("the quick one", 10), fail(), work("the slow one", 30))


async def main():
    try:
        await asyncio.create_task(parent())
    except ValueError as error:
        print(f"{ms()} ms: {error}")
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: the end")
