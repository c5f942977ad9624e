"""S-BARRIER-2, S-BARRIER-3: who is cancelled on the way out does not hold up the next round."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    await barrier.wait()
    await asyncio.sleep(0)
    print(f"{name} goes on")


async def main():
    barrier = asyncio.Barrier(3)
    a, b = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    await barrier.wait()
    print(f"the barrier is full, cancel: {a.cancel()}".lower())
    c, d = [asyncio.create_task(arrive(name, barrier)) for name in ["c", "d"]]
    await b
    print(f"a ended cancelled: {a.cancelled()}, waiting: {barrier.n_waiting}".lower())
    await arrive("main", barrier)
    await c
    await d
