"""S-WAIT-3: without an exception the first exception is the end of all."""

import asyncio
from asyncio import FIRST_EXCEPTION


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: the work of {takes} is done")


async def main():
    tasks = [asyncio.create_task(work(takes)) for takes in [10, 50, 30]]
    await asyncio.sleep(0.02)
    tasks[1].cancel()
    done, pending = await asyncio.wait(tasks, return_when=FIRST_EXCEPTION)
    print(f"{ms()} ms: done: {len(done)}, pending: {len(pending)}")
