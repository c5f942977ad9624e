"""S-LOOP-1: callbacks run in the order they were given, each once, before the task goes on."""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for name in ["first", "second", "third"]:
        loop.call_soon(print, name)
    print("nothing has run")
    await asyncio.sleep(0)
    print("all have run")
    await asyncio.sleep(0)
    print("and none again")
