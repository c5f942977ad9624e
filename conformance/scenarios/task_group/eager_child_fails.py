"""S-TG-10: an eager child that fails does not interrupt the body where it is made."""

import asyncio


async def fail():
    print("the child fails")
    raise ValueError("boom")


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            print("the body goes on")
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                print("the body is cancelled at its next wait")
    except* ValueError as failed:
        print(f"failed: {' '.join(map(str, failed.exceptions))}")
