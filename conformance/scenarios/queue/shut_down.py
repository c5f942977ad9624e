"""S-QUEUE-6: after a shutdown puts fail at once, and gets when the rest is got."""

import asyncio


async def join(queue):
    await queue.join()
    print("has joined")


async def main():
    queue = asyncio.Queue()
    for n in range(1, 3):
        queue.put_nowait(n)
    joiner = asyncio.create_task(join(queue))
    await asyncio.sleep(0)
    queue.shutdown()
    print(f"shut down, {queue.qsize()} left")
    try:
        await queue.put(3)
        print("put")
    except asyncio.QueueShutDown:
        print("puts nothing")
    for _ in range(3):
        try:
            print(f"got {await queue.get()}")
            queue.task_done()
        except asyncio.QueueShutDown:
            print("gets nothing")
    await joiner
