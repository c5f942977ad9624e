"""S-TASK-3, S-LOOP-2: who yields goes on before who sleeps, and a sleep of zero is a yield."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def yields():
    for n in range(1, 4):
        print(f"{ms()} ms: yield {n}")
        await asyncio.sleep(0)


async def sleeps(after):
    for n in range(1, 3):
        print(f"{ms()} ms: sleep {n} of {after}")
        await asyncio.sleep(after / 1000)
    print(f"{ms()} ms: slept twice {after}")


async def main():
    tasks = [asyncio.create_task(sleeps(after)) for after in [20, 0, 10]]
    await asyncio.create_task(yields())
    print(f"{ms()} ms: no more yields")
    for task in tasks:
        await task
