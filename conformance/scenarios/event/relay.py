"""S-EVENT-1: a wake-up that is passed from event to event takes an iteration each."""

import asyncio


async def run(name, mine, next_one):
    await mine.wait()
    print(f"{name} has the baton")
    next_one.set()


async def count():
    for n in range(1, 5):
        print(f"iteration {n}")
        await asyncio.sleep(0)


async def main():
    events = [asyncio.Event() for _ in range(4)]
    for name, mine, next_one in zip(["a", "b", "c"], events, events[1:]):
        asyncio.create_task(run(name, mine, next_one))
    await asyncio.sleep(0)
    counter = asyncio.create_task(count())
    events[0].set()
    await events[3].wait()
    print("main has the baton")
    await counter
