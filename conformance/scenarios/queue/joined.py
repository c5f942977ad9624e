"""S-QUEUE-4: join waits until each item is reported done, and not if none is unfinished."""

import asyncio


async def join(name, queue):
    print(f"{name} joins")
    await queue.join()
    print(f"{name} has joined")


async def main():
    queue = asyncio.Queue()
    await join("main", queue)
    for n in range(2):
        queue.put_nowait(n)
    tasks = [asyncio.create_task(join(name, queue)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    queue.get_nowait()
    queue.get_nowait()
    print(f"all are got, {queue.qsize()} left")
    for n in range(1, 4):
        await asyncio.sleep(0)
        try:
            queue.task_done()
            print(f"{n} done")
        except ValueError:
            print(f"{n} is one too many")
    for task in tasks:
        await task
