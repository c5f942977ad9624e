"""S-WAIT-3: one that was cancelled is no first exception, one that failed is."""

import asyncio
from asyncio import FIRST_EXCEPTION


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def sleeper():
    await asyncio.sleep(1)


async def fail():
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: one fails")
    raise ValueError("boom")


async def main():
    unwanted = asyncio.create_task(sleeper())
    failing = asyncio.create_task(fail())
    slow = asyncio.create_task(sleeper())
    await asyncio.sleep(0.01)
    unwanted.cancel()
    waiting = asyncio.wait([unwanted, failing, slow], return_when=FIRST_EXCEPTION)
    done, pending = await waiting
    print(f"{ms()} ms: done: {len(done)}, pending: {len(pending)}")
    print(f"cancelled: {unwanted.cancelled()}, failed: {failing.exception() is not None}".lower())
    slow.cancel()
    await asyncio.wait([slow])
