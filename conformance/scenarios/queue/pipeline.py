"""S-QUEUE-1, S-QUEUE-2: two producers and three consumers at one small queue, each at its pace."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def produce(name, pace, queue):
    for n in range(1, 5):
        await queue.put(f"{name}{n}")
        print(f"{ms()} ms: {name}{n} is put")
        await asyncio.sleep(pace)


async def consume(name, pace, queue):
    while (item := await queue.get()) != "end":
        print(f"{ms()} ms: {name} has {item}")
        await asyncio.sleep(pace)
    print(f"{ms()} ms: {name} ends")


async def main():
    queue = asyncio.Queue(2)
    consumers = [
        asyncio.create_task(consume(name, pace, queue))
        for name, pace in [("x", 0.007), ("y", 0.011), ("z", 0.017)]
    ]
    producers = [
        asyncio.create_task(produce(name, pace, queue))
        for name, pace in [("a", 0.001), ("b", 0.003)]
    ]
    for producer in producers:
        await producer
    for _ in consumers:
        await queue.put("end")
    for consumer in consumers:
        await consumer
