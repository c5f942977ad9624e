"""S-LOOP-7: a delay of zero comes after a callback given later; a deadline in the past before it.
"""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, print, "no delay")
    loop.call_later(-0.001, print, "in the past")
    loop.call_soon(print, "soon")
    print("nothing has run")
    await asyncio.sleep(0.005)
    print("all have run")
