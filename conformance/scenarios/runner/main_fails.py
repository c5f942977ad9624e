"""S-RUN-1: what is left is clean before the error of main comes out."""

import asyncio


async def leftover():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        print("what was left is clean")


async def main_task():
    task = asyncio.create_task(leftover())
    await asyncio.sleep(0)
    print(f"main fails, the task is done: {task.done()}".lower())
    raise ValueError("boom")


def main():
    try:
        asyncio.run(main_task())
    except ValueError as error:
        print(f"failed: {error}")
