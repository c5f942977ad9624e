"""S-ASCOMP-2: after the deadline each that is left is a timeout, and the tasks go on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: {name} is fetched")
    return name


async def main():
    pages = [("a", 10), ("b", 40), ("c", 50)]
    coroutines = [fetch(name, takes) for name, takes in pages]
    for coming in asyncio.as_completed(coroutines, timeout=0.03):
        try:
            name = await coming
            print(f"{ms()} ms: reads {name}")
        except TimeoutError:
            print(f"{ms()} ms: one has timed out")
    await asyncio.sleep(0.03)
    print(f"{ms()} ms: the end")
