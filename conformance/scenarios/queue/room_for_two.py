"""S-QUEUE-1, S-QUEUE-2: a full queue makes its producer wait, an empty one its consumer."""

import asyncio


async def produce(queue):
    for n in range(1, 7):
        print(f"puts {n}, {queue.qsize()} there")
        await queue.put(n)
    print("all are put")


async def consume(queue):
    for _ in range(6):
        n = await queue.get()
        print(f"got {n}, {queue.qsize()} left")


async def main():
    queue = asyncio.Queue(2)
    producer = asyncio.create_task(produce(queue))
    consumer = asyncio.create_task(consume(queue))
    await producer
    await consumer
