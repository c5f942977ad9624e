"""S-TG-2: a body that awaits the child that fails is cancelled there; the error is the group's."""

import asyncio


async def child():
    await asyncio.sleep(0)
    print("the child fails")
    raise ValueError("boom")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(child())
            try:
                await task
                print("never")
            except asyncio.CancelledError:
                print("the body is cancelled")
                raise
            except ValueError:
                print("the body has the error")
    except* ValueError as failed:
        print(", ".join(map(str, failed.exceptions)))
