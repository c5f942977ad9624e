"""S-TIMEOUT-5: a task that the body awaits is cancelled at the deadline, one beside it is not."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(name, after):
    try:
        await asyncio.sleep(after / 1000)
        print(f"{ms()} ms: {name} is done")
    except asyncio.CancelledError:
        print(f"{ms()} ms: {name} is cancelled")
        await asyncio.sleep(0.005)
        raise


async def main():
    beside = asyncio.create_task(work("beside", 40))
    inside = asyncio.create_task(work("inside", 30))
    try:
        async with asyncio.timeout(0.02):
            await inside
    except TimeoutError:
        print(f"{ms()} ms: timed out, inside has ended: {inside.cancelled()}".lower())
    await beside
