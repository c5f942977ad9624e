"""S-BARRIER-2, S-BARRIER-5: an abort while a round leaves breaks those inside and those outside."""

import asyncio


async def arrive(name, barrier):
    print(f"{name} arrives")
    try:
        index = await barrier.wait()
        print(f"{name} goes on with {index}")
    except asyncio.BrokenBarrierError:
        print(f"{name} is broken")


async def abort(barrier):
    await barrier.abort()
    print("aborted")


async def main():
    barrier = asyncio.Barrier(2)
    tasks = [asyncio.create_task(arrive(name, barrier)) for name in ["a", "b", "c"]]
    tasks.append(asyncio.create_task(abort(barrier)))
    for task in tasks:
        await task
    print(f"broken: {barrier.broken}".lower())
