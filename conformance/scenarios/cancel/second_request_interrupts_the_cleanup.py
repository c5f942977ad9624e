"""S-CANCEL-15: a second request interrupts a cleanup that waits, and not the one around it."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def cleanup(name):
    print(f"{ms()} ms: {name} begins")
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: {name} ends")


async def work():
    try:
        try:
            await asyncio.sleep(1)
        finally:
            await cleanup("the inner cleanup")
    finally:
        await cleanup("the outer cleanup")


async def main():
    task = asyncio.create_task(work())
    for _ in range(2):
        await asyncio.sleep(0.01)
        print(f"{ms()} ms: cancel: {task.cancel()}".lower())
    try:
        await task
        print("ended with an error: false")
    except asyncio.CancelledError:
        print("ended with an error: true")
    print(f"{ms()} ms: cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
