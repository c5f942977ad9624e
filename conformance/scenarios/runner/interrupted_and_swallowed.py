"""S-RUN-5: a main that swallows Ctrl-C and returns gives its value, as if nothing had been."""

import asyncio
import signal


async def main_task():
    signal.raise_signal(signal.SIGINT)
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print(f"swallowed, requests: {asyncio.current_task().cancelling()}")
    await asyncio.sleep(0)
    print("main goes on")
    return "a value"


def main():
    with asyncio.Runner() as runner:
        for _ in range(2):
            print(f"the run gives {runner.run(main_task())}")
