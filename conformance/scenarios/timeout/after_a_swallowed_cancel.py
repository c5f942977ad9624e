"""S-TIMEOUT-5: in a task that swallowed a cancellation a deadline is a deadline all the same."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def worker():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(f"{ms()} ms: swallowed")
    try:
        async with asyncio.timeout(0.02):
            await asyncio.sleep(1)
    except TimeoutError:
        print(f"{ms()} ms: timed out, requests: {asyncio.current_task().cancelling()}")
    await asyncio.sleep(0.01)
    return "a value"


async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.01)
    task.cancel()
    print(f"{await task} at {ms()} ms")
