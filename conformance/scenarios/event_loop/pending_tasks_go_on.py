"""S-LOOP-13: a task that is pending when a run ends goes on in the next, neither cancelled nor
restarted.
"""

import asyncio


async def count():
    for n in range(1, 5):
        print(f"count {n}")
        await asyncio.sleep(0)


async def two_iterations(name):
    print(f"{name} begins")
    await asyncio.sleep(0)
    print(f"{name} ends")


def main():
    loop = asyncio.new_event_loop()
    task = loop.create_task(count())
    loop.run_until_complete(two_iterations("the first run"))
    print(f"done: {task.done()}".lower())
    loop.run_until_complete(two_iterations("the second run"))
    print(f"done: {task.done()}".lower())
    loop.run_until_complete(task)
    print("the last run is over")
    loop.close()
