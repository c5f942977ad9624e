"""S-RUN-4: Ctrl-C cancels main, which cleans up; the run is interrupted, and Ctrl-C free again."""

import asyncio
import signal


async def leftover():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("what was left cleans up")


async def main_task():
    task = asyncio.create_task(leftover())
    await asyncio.sleep(0)
    print(f"main is interrupted, the task is done: {task.done()}".lower())
    signal.raise_signal(signal.SIGINT)
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print(f"main cleans up, requests: {asyncio.current_task().cancelling()}")
        await asyncio.sleep(0)
        print("main is clean")


def main():
    with asyncio.Runner() as runner:
        try:
            runner.run(main_task())
        except KeyboardInterrupt:
            print("interrupted")
        free = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        print(f"free: {free}".lower())
    print("closed")
