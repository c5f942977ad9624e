"""S-GATHER-1: what else happens between the end of the last child and that of the gather."""

import asyncio


async def child():
    await asyncio.sleep(0)
    print("the last child ends")


async def count():
    for n in range(1, 7):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    counter = asyncio.create_task(count())
    await asyncio.gather(child())
    print("the gather is over")
    await counter
