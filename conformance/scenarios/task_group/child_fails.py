"""S-TG-2: a child that fails cancels its sibling and the body, and the task goes on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fail():
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: one child fails")
    raise ValueError("boom")


async def sleeper():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the sibling cleans up")
        await asyncio.sleep(0.03)
        print(f"{ms()} ms: the sibling is clean")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(sleeper())
            try:
                await asyncio.sleep(1)
            finally:
                print(f"{ms()} ms: the body cleans up")
                await asyncio.sleep(0.01)
                print(f"{ms()} ms: the body is clean")
    except* ValueError as failed:
        print(f"{ms()} ms: {', '.join(map(str, failed.exceptions))}")
    print(f"requests: {asyncio.current_task().cancelling()}")
    await asyncio.sleep(0.01)
    print(f"{ms()} ms: goes on")
