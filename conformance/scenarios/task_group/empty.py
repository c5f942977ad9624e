"""S-TG-1: a group without children does not wait."""

import asyncio


async def main():
    asyncio.get_running_loop().call_soon(print, "an iteration has passed")
    async with asyncio.TaskGroup():
        print("the body")
    print("the group is over")
    await asyncio.sleep(0)
    print("the end")
