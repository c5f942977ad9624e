"""S-CANCEL-11: a task may end itself as cancelled, without a request; its cleanup runs."""

import asyncio


async def gives_up():
    print("it gives up")
    raise asyncio.CancelledError


async def work():
    try:
        await gives_up()
    finally:
        print("it cleans up")
    print("never")


async def main():
    task = asyncio.create_task(work())
    while not task.done():
        await asyncio.sleep(0)
    print(f"cancelled: {task.cancelled()}, requests: {task.cancelling()}".lower())
