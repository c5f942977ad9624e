"""S-BARRIER-3: a waiter that is cancelled is not there any more, and breaks nothing."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    try:
        await barrier.wait()
    except asyncio.CancelledError:
        print(f"{name} is cancelled, waiting: {barrier.n_waiting}")
        raise
    print(f"{name} goes on")


async def main():
    barrier = asyncio.Barrier(3)
    a, b = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    print(f"cancel: {a.cancel()}, waiting: {barrier.n_waiting}".lower())
    await asyncio.sleep(0)
    c = asyncio.create_task(arrive("c", barrier))
    await asyncio.sleep(0)
    print(f"waiting: {barrier.n_waiting}, broken: {barrier.broken}".lower())
    await arrive("main", barrier)
    await b
    await c
