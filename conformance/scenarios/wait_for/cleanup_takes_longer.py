"""S-WAITFOR-3: the cleanup of what has timed out is waited for, so it all takes longer."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the cleanup begins")
        await asyncio.sleep(0.05)
        print(f"{ms()} ms: the cleanup ends")


async def main():
    try:
        await asyncio.wait_for(work(), 0.02)
    except TimeoutError:
        print(f"{ms()} ms: timed out")
    try:
        await asyncio.wait_for(asyncio.create_task(work()), 0.02)
    except TimeoutError:
        print(f"{ms()} ms: the task timed out")
