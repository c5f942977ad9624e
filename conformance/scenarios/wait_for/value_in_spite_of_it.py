"""S-WAITFOR-4: what swallows the deadline and returns a value has not timed out."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(1)
        return "all of it"
    except asyncio.CancelledError:
        print(f"{ms()} ms: the deadline has come")
        await asyncio.sleep(0.005)
        return "half of it"


async def main():
    try:
        print(f"it has {await asyncio.wait_for(work(), 0.02)}")
    except TimeoutError:
        print("timed out")
    print(f"{ms()} ms: requests: {asyncio.current_task().cancelling()}")
    await asyncio.sleep(0.01)
    print(f"{ms()} ms: nothing is left of it")
