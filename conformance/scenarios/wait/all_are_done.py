"""S-WAIT-4: it takes an iteration even when all are done, and so it does without any time."""

import asyncio


async def work():
    pass


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work())
    await task
    loop.call_soon(print, "an iteration has passed")
    done, _ = await asyncio.wait([task])
    print(f"done: {len(done)}")
    pending = loop.create_future()
    loop.call_soon(print, "another iteration has passed")
    done, _ = await asyncio.wait([pending], timeout=0)
    print(f"done: {len(done)}")
