"""S-TIMEOUT-5: a body that swallowed a cancellation from outside moves its deadline, which passes."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def worker():
    try:
        async with asyncio.timeout(1) as deadline:
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                print(f"{ms()} ms: swallowed")
            deadline.reschedule(asyncio.get_running_loop().time() + 0.01)
            await asyncio.sleep(1)
    except TimeoutError:
        print(f"{ms()} ms: timed out, requests: {asyncio.current_task().cancelling()}")
    except asyncio.CancelledError:
        print(f"{ms()} ms: cancelled, requests: {asyncio.current_task().cancelling()}")
    print(f"expired: {deadline.expired()}".lower())


async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.01)
    task.cancel()
    await task
