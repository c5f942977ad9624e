"""S-QUEUE-4: three workers share the jobs of a queue, and are cancelled when all is done."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(name, queue):
    while True:
        job, time = await queue.get()
        print(f"{ms()} ms: {name} begins with {job}")
        await asyncio.sleep(time)
        print(f"{ms()} ms: {name} is done with {job}")
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    for job, time in [("p", 0.03), ("q", 0.01), ("r", 0.015), ("s", 0.002), ("t", 0.008)]:
        queue.put_nowait((job, time))
    workers = [asyncio.create_task(work(name, queue)) for name in ["a", "b", "c"]]
    await queue.join()
    print(f"{ms()} ms: all is done")
    for worker in workers:
        worker.cancel()
    for name, worker in zip(["a", "b", "c"], workers):
        try:
            await worker
        except asyncio.CancelledError:
            print(f"{name} is cancelled")
