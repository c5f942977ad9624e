"""S-LOOP-16: the order of calls that the loop's own thread makes in both ways."""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "first, plain")
    loop.call_soon_threadsafe(print, "second, threadsafe")
    loop.call_soon(print, "third, plain")
    loop.call_soon_threadsafe(print, "fourth, threadsafe")
    print("nothing has run")
    for n in range(1, 3):
        await asyncio.sleep(0)
        print(f"iteration {n}")
