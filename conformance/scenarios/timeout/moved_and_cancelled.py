"""S-TIMEOUT-5: moved near and cancelled from outside before that, it is a cancellation."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def worker(deadline):
    try:
        async with deadline:
            await asyncio.sleep(1)
    except TimeoutError:
        print("timed out")
    except asyncio.CancelledError:
        print(f"{ms()} ms: cancelled, expired: {deadline.expired()}".lower())
        raise


async def main():
    deadline = asyncio.timeout(1)
    task = asyncio.create_task(worker(deadline))
    await asyncio.sleep(0.01)
    deadline.reschedule(asyncio.get_running_loop().time() + 0.01)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print(f"{ms()} ms: it ended cancelled, requests: {task.cancelling()}")
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: expired: {deadline.expired()}".lower())
