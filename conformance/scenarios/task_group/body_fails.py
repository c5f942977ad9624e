"""S-TG-2, S-TG-3: a body that fails cancels the children and waits for their cleanups."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def child():
    print("the child starts")
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the child cleans up")
        await asyncio.sleep(0.01)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            await asyncio.sleep(0.02)
            print(f"{ms()} ms: the body fails")
            raise ValueError("the body's error")
    except* ValueError as failed:
        print(f"{ms()} ms: {', '.join(map(str, failed.exceptions))}")
