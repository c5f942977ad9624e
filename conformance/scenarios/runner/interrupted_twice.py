"""S-RUN-6: the second Ctrl-C, in a callback, ends the run; main is cancelled as the runner closes."""

import asyncio
import signal


def interrupt():
    print("again")
    signal.raise_signal(signal.SIGINT)


async def main_task():
    signal.raise_signal(signal.SIGINT)
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("main is cancelled and stays")
    asyncio.get_running_loop().call_soon(interrupt)
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("main is cancelled once more")
        await asyncio.sleep(0)
        print("main is clean")


def main():
    with asyncio.Runner() as runner:
        try:
            runner.run(main_task())
        except KeyboardInterrupt:
            print("interrupted")
    print("closed")
