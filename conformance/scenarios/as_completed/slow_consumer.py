"""S-ASCOMP-1: what ends while nobody asks waits in that order."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: {name} is fetched")
    return name


async def main():
    pages = [("a", 30), ("b", 10), ("c", 20), ("d", 80)]
    for coming in asyncio.as_completed([fetch(name, takes) for name, takes in pages]):
        name = await coming
        print(f"{ms()} ms: reads {name}")
        await asyncio.sleep(0.03)
