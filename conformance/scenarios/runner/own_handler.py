"""S-RUN-7: a program that handles SIGINT by itself keeps it, and main is not cancelled."""

import asyncio
import signal

seen = []


async def main_task():
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(0)
    print(f"main goes on, the program has seen it: {bool(seen)}".lower())
    return "a value"


def main():
    signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))
    with asyncio.Runner() as runner:
        print(f"the run gives {runner.run(main_task())}")
