"""S-GATHER-1: to gather nothing needs no waiting."""

import asyncio


async def main():
    asyncio.get_running_loop().call_soon(print, "an iteration has passed")
    print(f"results: {len(await asyncio.gather())}")
    await asyncio.sleep(0)
    print("the end")
