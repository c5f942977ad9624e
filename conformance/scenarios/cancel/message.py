"""S-CANCEL-14: the message of a request arrives at the await and with the task's end."""

import asyncio


async def work():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as error:
        print(f"the task hears: {error.args[0]}")
        raise


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel("shutting down")
    try:
        await task
    except asyncio.CancelledError as error:
        print(f"the awaiter hears: {error.args[0]}")
