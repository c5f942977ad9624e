"""S-RUN-6: the second Ctrl-C, in a step of main."""

import asyncio
import signal


async def main_task():
    signal.raise_signal(signal.SIGINT)
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("main is cancelled and stays")
    try:
        signal.raise_signal(signal.SIGINT)
        print("the step goes on")
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("main is cancelled once more")
        raise
    finally:
        print("main ends")


def main():
    with asyncio.Runner() as runner:
        try:
            runner.run(main_task())
        except KeyboardInterrupt:
            print("interrupted")
    print("closed")
