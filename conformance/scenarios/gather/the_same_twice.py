"""S-GATHER-1: a future that is given twice fills both places."""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, "once")
    first, second = await asyncio.gather(future, future)
    print(first, second)
