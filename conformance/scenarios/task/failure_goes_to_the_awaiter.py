"""S-TASK-2, S-TASK-4: an ordinary failure of a task goes to its awaiter; the tasks beside it go on.
"""

import asyncio


async def fails():
    print("it fails")
    raise ValueError("boom")


async def beside():
    for n in range(1, 5):
        print(f"beside it, {n}")
        await asyncio.sleep(0)


async def main():
    failing, other = asyncio.create_task(fails()), asyncio.create_task(beside())
    try:
        await failing
        print("no failure")
    except ValueError as error:
        print(f"the awaiter has it: {error}")
    print(f"the other has ended: {other.done()}".lower())
    await other
