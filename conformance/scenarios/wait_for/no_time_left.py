"""S-WAITFOR-2: with no time left, what is done gives its result, the rest is cancelled."""

import asyncio


async def work():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the work is cancelled")


async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result("a result")
    print(await asyncio.wait_for(done, 0))
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    try:
        await asyncio.wait_for(task, 0)
    except TimeoutError:
        print("timed out")
    pending = asyncio.get_running_loop().create_future()
    try:
        await asyncio.wait_for(pending, 0)
    except TimeoutError:
        print(f"timed out, the future is cancelled: {pending.cancelled()}".lower())
