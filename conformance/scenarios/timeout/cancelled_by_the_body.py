"""S-TIMEOUT-5: a body that is cancelled before the deadline has not timed out."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def worker():
    try:
        async with asyncio.timeout(0.02):
            asyncio.current_task().cancel()
            print("the body waits")
            await asyncio.sleep(1)
    except TimeoutError:
        print("timed out")


async def main():
    task = asyncio.create_task(worker())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
