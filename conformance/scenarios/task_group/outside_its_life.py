"""S-TG-6: no child starts in a group that is aborting or over."""

import asyncio


async def never():
    print("never")


def start(group, when):
    coroutine = never()
    try:
        group.create_task(coroutine)
        print(f"{when}: made")
    except RuntimeError:
        coroutine.close()
        print(f"{when}: refused")


async def child(group):
    try:
        await asyncio.sleep(1)
    finally:
        start(group, "aborting")
        await asyncio.sleep(0.01)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(group))
            await asyncio.sleep(0.01)
            raise ValueError("boom")
    except* ValueError:
        print("the group has failed")
    start(group, "over")
    await asyncio.sleep(0.01)
    print("nobody has started")
