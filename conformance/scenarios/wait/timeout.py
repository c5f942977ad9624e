"""S-WAIT-1: when the time is over it tells what is done, raises nothing and cancels nothing."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: the work of {takes} is done")


async def main():
    tasks = [asyncio.create_task(work(takes)) for takes in [10, 30]]
    done, pending = await asyncio.wait(tasks, timeout=0.02)
    print(f"{ms()} ms: done: {len(done)}, pending: {len(pending)}")
    print(f"the slow one has been asked to end: {tasks[1].cancelling() > 0}".lower())
    await tasks[1]
