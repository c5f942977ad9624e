"""S-LOCK-3: a waiter that gives up in time leaves its place to those behind it."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def hold(name, patience, lock):
    try:
        await asyncio.wait_for(lock.acquire(), patience)
    except TimeoutError:
        print(f"{ms()} ms: {name} gives up")
        return
    print(f"{ms()} ms: {name} has it")
    await asyncio.sleep(0.02)
    lock.release()


async def main():
    lock = asyncio.Lock()
    patience = {"a": 1, "b": 0.03, "c": 0.015, "d": 0.035, "e": 1}
    tasks = [asyncio.create_task(hold(name, time, lock)) for name, time in patience.items()]
    for task in tasks:
        await task
