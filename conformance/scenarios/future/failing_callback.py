"""S-FUT-5: a callback that fails is reported, and the others and the awaiter go on."""

import asyncio


async def awaits(future):
    print(f"the awaiter has {await future}")


def fail(_):
    raise ValueError("boom")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(f"reported: {context['exception']}"))
    future = loop.create_future()
    task = asyncio.create_task(awaits(future))
    await asyncio.sleep(0)
    future.add_done_callback(fail)
    future.add_done_callback(lambda future: print(f"a callback has {future.result()}"))
    future.set_result(5)
    print("set")
    await task
    await asyncio.sleep(0)
