"""S-WAITFOR-6: a result comes in the iteration in which the deadline passes, and before it."""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    deadline = loop.time() + 0.02
    loop.call_at(deadline, future.set_result, "a result")
    try:
        async with asyncio.timeout_at(deadline):
            print(f"it has {await future}")
    except TimeoutError:
        print("timed out")
    print(f"the future has {future.result()}")
