"""S-GATHER-1: all start in order of the arguments, and so do the results come."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, takes):
    print(f"{ms()} ms: {name} starts")
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: {name} is fetched")
    return name


async def main():
    gathered = asyncio.gather(fetch("a", 30), fetch("b", 10), fetch("c", 20))
    print("nobody has started")
    print(f"{', '.join(await gathered)} at {ms()} ms")
