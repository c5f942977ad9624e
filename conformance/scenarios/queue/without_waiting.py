"""S-QUEUE-1, S-QUEUE-6: what `put_nowait` and `get_nowait` say of a queue that is full or empty."""

import asyncio


def put(item, queue):
    try:
        queue.put_nowait(item)
        print(f"{item} is put, full: {queue.full()}".lower())
    except asyncio.QueueFull:
        print(f"no room for {item}")
    except asyncio.QueueShutDown:
        print(f"too late for {item}")


def get(queue):
    try:
        print(f"got {queue.get_nowait()}, empty: {queue.empty()}".lower())
    except asyncio.QueueEmpty:
        print("nothing there")
    except asyncio.QueueShutDown:
        print("nothing will come")


async def main():
    queue = asyncio.Queue(2)
    print(f"room for {queue.maxsize}, {queue.qsize()} there")
    get(queue)
    for item in ["x", "y", "z"]:
        put(item, queue)
    get(queue)
    queue.shutdown()
    put("w", queue)
    get(queue)
    get(queue)
