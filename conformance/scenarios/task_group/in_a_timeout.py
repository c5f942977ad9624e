"""S-TG-7, S-TIMEOUT-5: a deadline around a group ends it, and waits for its children's cleanups."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def child(name, takes):
    try:
        await asyncio.sleep(takes / 1000)
        print(f"{ms()} ms: {name} is done")
    except asyncio.CancelledError:
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: {name} is clean")
        raise


async def main():
    try:
        async with asyncio.timeout(0.03):
            async with asyncio.TaskGroup() as group:
                group.create_task(child("the quick one", 20))
                group.create_task(child("the slow one", 40))
            print("never")
    except TimeoutError:
        print(f"{ms()} ms: timed out, requests: {asyncio.current_task().cancelling()}")
