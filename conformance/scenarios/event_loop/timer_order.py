"""S-LOOP-3: timers fire in order of their deadlines, whatever the order in which they were
armed.
"""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def wake(after):
    await asyncio.sleep(after / 1000)
    print(f"{ms()} ms: the sleep of {after} is over")


async def main():
    tasks = [asyncio.create_task(wake(after)) for after in [30, 10, 20]]
    await asyncio.sleep(0)
    print(f"{ms()} ms: all sleep")
    for task in tasks:
        await task
    print(f"{ms()} ms: all are awake")
