"""S-QUEUE-7: an immediate shutdown drops what is left; join waits only for what was handed out."""

import asyncio


async def join(queue):
    await queue.join()
    print("has joined")


async def main():
    queue = asyncio.Queue()
    for item in ["x", "y", "z"]:
        queue.put_nowait(item)
    joiner = asyncio.create_task(join(queue))
    await asyncio.sleep(0)
    print(f"got {queue.get_nowait()}")
    queue.shutdown(immediate=True)
    print(f"shut down, {queue.qsize()} left")
    try:
        print(f"got {await queue.get()}")
    except asyncio.QueueShutDown:
        print("gets nothing")
    await asyncio.sleep(0)
    print(f"joined: {joiner.done()}".lower())
    queue.task_done()
    print("done with x")
    await joiner
    try:
        queue.task_done()
        print("done")
    except ValueError:
        print("one too many")
