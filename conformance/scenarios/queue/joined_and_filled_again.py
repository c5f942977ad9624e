"""S-QUEUE-4: who joins goes on when all was done once, though there is new work when it runs."""

import asyncio


async def join(queue):
    await queue.join()
    print(f"has joined, {queue.qsize()} there")


async def main():
    queue = asyncio.Queue()
    queue.put_nowait("x")
    joiner = asyncio.create_task(join(queue))
    await asyncio.sleep(0)
    print(f"{queue.get_nowait()} is done")
    queue.task_done()
    queue.put_nowait("y")
    print("y is put")
    late = asyncio.create_task(join(queue))
    await joiner
    await asyncio.sleep(0)
    print(f"{queue.get_nowait()} is done")
    queue.task_done()
    await late
