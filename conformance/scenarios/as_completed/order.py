"""S-ASCOMP-1: results come in the order in which they are there, each once."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, takes):
    await asyncio.sleep(takes / 1000)
    return name


async def main():
    pages = [("a", 30), ("b", 10), ("c", 20)]
    for coming in asyncio.as_completed([fetch(name, takes) for name, takes in pages]):
        print(f"{await coming} at {ms()} ms")
    print("the end")
