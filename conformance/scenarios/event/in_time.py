"""S-EVENT-1: of two who wait for so long and no longer, one is there when the event is set."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def wait(name, patience, event):
    try:
        await asyncio.wait_for(event.wait(), patience)
        print(f"{ms()} ms: {name} goes on")
    except TimeoutError:
        print(f"{ms()} ms: {name} gives up")


async def main():
    event = asyncio.Event()
    a = asyncio.create_task(wait("a", 0.03, event))
    b = asyncio.create_task(wait("b", 0.01, event))
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: set")
    event.set()
    await a
    await b
