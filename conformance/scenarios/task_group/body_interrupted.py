"""S-TG-5: what interrupts the body comes out alone, when the children have ended."""

import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        print("the child is clean")


async def main_task():
    async with asyncio.TaskGroup() as group:
        group.create_task(child())
        await asyncio.sleep(0)
        print("the body is interrupted")
        raise KeyboardInterrupt


def main():
    try:
        asyncio.run(main_task())
    except BaseExceptionGroup:
        print("in a group")
    except KeyboardInterrupt:
        print("alone")
