"""S-TG-3: errors come out together, in the order in which they happened, and the body's last."""

import asyncio


async def fail(name, after):
    try:
        await asyncio.sleep(after / 1000)
    except asyncio.CancelledError:
        await asyncio.sleep(after / 1000)
        raise ValueError(f"{name} failed in its cleanup")
    raise ValueError(f"{name} failed")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 60))
            group.create_task(fail("b", 40))
            group.create_task(fail("c", 20))
            try:
                await asyncio.sleep(1)
            finally:
                raise ValueError("the body failed")
    except* ValueError as failed:
        for error in failed.exceptions:
            print(error)
