"""S-LOOP-12, S-LOOP-16: two threads have a loop each, and a task of one awaits tasks of the other.
"""

import asyncio
import threading


async def double(n):
    print(f"the other loop doubles {n}")
    await asyncio.sleep(0)
    return 2 * n


async def ask(other):
    n = 1
    for _ in range(3):
        n = await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(double(n), other))
        print(f"this loop has {n}")
    other.call_soon_threadsafe(other.stop)


def main():
    loop = asyncio.new_event_loop()
    other = threading.Thread(target=loop.run_forever)
    other.start()
    asyncio.run(ask(loop))
    other.join()
    loop.close()
    print("both are over")
