"""S-RUN-8: a main task that is cancelled ends its run, and the runner has others."""

import asyncio


async def first():
    asyncio.current_task().cancel()
    try:
        await asyncio.sleep(0)
        print("never")
    finally:
        print("the first run cleans up")


async def second():
    print("the second run")


def main():
    with asyncio.Runner() as runner:
        try:
            runner.run(first())
        except asyncio.CancelledError:
            print("the first run was cancelled")
        runner.run(second())
    print("closed")
