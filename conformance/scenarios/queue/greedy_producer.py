"""S-QUEUE-1: a put that need not wait does not suspend: who fills an unbounded queue runs alone."""

import asyncio


async def produce(queue):
    for n in range(1, 5):
        await queue.put(n)
        print(f"put {n}")
    print("all are put")


async def consume(queue):
    for _ in range(4):
        print(f"got {await queue.get()}, {queue.qsize()} left")


async def main():
    queue = asyncio.Queue()
    consumer = asyncio.create_task(consume(queue))
    producer = asyncio.create_task(produce(queue))
    await consumer
    await producer
