"""S-RUN-4: Ctrl-C as a callback runs, main being at a task that it awaits: that is cancelled too."""

import asyncio
import signal


def interrupt():
    print("a callback is interrupted")
    signal.raise_signal(signal.SIGINT)
    print("and goes on")


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("the child cleans up")


async def main_task():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(interrupt)
    try:
        await task
    finally:
        print(f"main ends, the child is cancelled: {task.cancelled()}".lower())


def main():
    with asyncio.Runner() as runner:
        try:
            runner.run(main_task())
        except KeyboardInterrupt:
            print("interrupted")
