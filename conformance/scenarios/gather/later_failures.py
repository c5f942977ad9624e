"""S-GATHER-3: failures after the first one."""

import asyncio


async def fail(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(f"{name} fails")
    raise ValueError(name)


async def parent():
    await asyncio.gather(fail("the first", 1), fail("the second", 5))


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(f"reported: {context['exception']}"))
    try:
        await asyncio.create_task(parent())
    except ValueError as error:
        print(f"the parent has: {error}")
    for _ in range(10):
        await asyncio.sleep(0)
    print("the end")
