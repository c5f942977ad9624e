"""S-ASCOMP-1: one that fails comes in its turn, and the next ones after it."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(name, takes):
    await asyncio.sleep(takes / 1000)
    if name == "b":
        raise ValueError(f"there is no {name}")
    return f"the page of {name}"


async def main():
    pages = [("a", 10), ("b", 20), ("c", 30)]
    for coming in asyncio.as_completed([fetch(name, takes) for name, takes in pages]):
        try:
            page = await coming
            print(f"{ms()} ms: {page}")
        except ValueError as error:
            print(f"{ms()} ms: failed: {error}")
