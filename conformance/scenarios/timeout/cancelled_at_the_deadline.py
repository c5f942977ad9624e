"""S-TIMEOUT-6: a cancellation in the iteration of the deadline goes through."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def worker():
    try:
        async with asyncio.timeout(0.02):
            try:
                await asyncio.sleep(1)
            finally:
                print(f"{ms()} ms: the body ends")
    except TimeoutError:
        print("timed out")


async def cancel(tasks):
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: cancel: {tasks[0].cancel()}".lower())


async def main():
    tasks = []
    canceller = asyncio.create_task(cancel(tasks))
    tasks.append(asyncio.create_task(worker()))
    await asyncio.wait(tasks)
    print(f"ended cancelled: {tasks[0].cancelled()}".lower())
    await canceller
