"""S-RUN-1: what is left when main ends is cancelled, and its cleanup is waited for."""

import asyncio


async def sleeper(name, takes):
    print(f"{name} starts")
    try:
        await asyncio.sleep(3600)
    finally:
        for _ in range(takes):
            await asyncio.sleep(0)
        print(f"{name} is clean")


async def main_task():
    tasks = [asyncio.create_task(sleeper(name, takes)) for name, takes in [("a", 5), ("b", 1)]]
    await asyncio.sleep(0)
    print("main ends")
    return len(tasks)


def main():
    print(f"tasks: {asyncio.run(main_task())}")
