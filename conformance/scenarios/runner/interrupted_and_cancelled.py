"""S-RUN-4: a main that others cancelled too ends cancelled, and is not interrupted."""

import asyncio
import signal


async def other(task):
    print("the other cancels main, and is interrupted")
    task.cancel()
    signal.raise_signal(signal.SIGINT)


async def main_task():
    task = asyncio.create_task(other(asyncio.current_task()))
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await task
        print("main ends")


def main():
    with asyncio.Runner() as runner:
        try:
            runner.run(main_task())
        except asyncio.CancelledError:
            print("cancelled")
        except KeyboardInterrupt:
            print("interrupted")
