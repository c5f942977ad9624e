"""S-SEM-1: of six workers two work at a time, in order of arrival."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(name, time, semaphore):
    async with semaphore:
        print(f"{ms()} ms: {name} begins")
        await asyncio.sleep(time)
        print(f"{ms()} ms: {name} ends")


async def main():
    semaphore = asyncio.Semaphore(2)
    times = {"a": 0.03, "b": 0.01, "c": 0.01, "d": 0.05, "e": 0.002, "f": 0.001}
    tasks = [asyncio.create_task(work(name, time, semaphore)) for name, time in times.items()]
    for task in tasks:
        await task
    print(f"{ms()} ms: all have ended")
