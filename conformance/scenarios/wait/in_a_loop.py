"""S-WAIT-2: waiting again and again for the first, with new work for whatever is done."""

import asyncio
from asyncio import FIRST_COMPLETED


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def fetch(page, takes):
    await asyncio.sleep(takes / 1000)
    return f"page {page}"


async def main():
    takes = iter([20, 50, 10, 30, 5])
    page = 0
    pending = set()
    while True:
        while len(pending) < 2 and (time := next(takes, None)):
            page += 1
            print(f"{ms()} ms: fetches page {page}")
            pending.add(asyncio.create_task(fetch(page, time)))
        if not pending:
            break
        done, pending = await asyncio.wait(pending, return_when=FIRST_COMPLETED)
        print(f"{ms()} ms: has {' and '.join(sorted(task.result() for task in done))}")
