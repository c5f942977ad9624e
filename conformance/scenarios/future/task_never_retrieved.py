"""S-FUT-8: a task that failed is reported when its last holder lets go, unless somebody awaited it.
"""

import asyncio


async def fails(text):
    print(f"the task fails: {text}")
    raise ValueError(text)


async def main():
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: print(f"reported: {context['exception']}")
    )
    awaited = asyncio.create_task(fails("awaited"))
    try:
        await awaited
    except ValueError:
        print("the awaiter knows: true")
    held = asyncio.create_task(fails("held"))
    await asyncio.sleep(0)
    print(f"still held: {held.done()}".lower())
    del held
    print("the end")
