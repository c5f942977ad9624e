"""S-TASK-4: a task is interrupted from inside."""

import asyncio


async def interrupts():
    print("the task is interrupted")
    raise KeyboardInterrupt


async def beside():
    for n in range(1, 4):
        print(f"beside it, {n}")
        await asyncio.sleep(0)


async def work():
    task = asyncio.create_task(interrupts())
    other = asyncio.create_task(beside())
    try:
        await task
    except KeyboardInterrupt:
        print("its awaiter is told: true")
    await other


async def some_iterations():
    for _ in range(8):
        await asyncio.sleep(0)


def main():
    loop = asyncio.new_event_loop()
    task = loop.create_task(work())
    for run in range(1, 3):
        if task.done():
            print(f"nothing is left for run {run}")
            continue
        try:
            loop.run_until_complete(some_iterations())
            print(f"run {run} comes to its end")
        except KeyboardInterrupt:
            print(f"run {run} is left at once")
    loop.close()
