"""S-QUEUE-3: a getter that is cancelled before anything comes takes nothing."""

import asyncio


async def get(name, queue):
    try:
        item = await queue.get()
    except asyncio.CancelledError:
        print(f"{name} is cancelled, {queue.qsize()} there")
        raise
    print(f"{name} has {item}")


async def main():
    queue = asyncio.Queue()
    a, b = [asyncio.create_task(get(name, queue)) for name in ["a", "b"]]
    await asyncio.sleep(0)
    print(f"cancel: {a.cancel()}".lower())
    await asyncio.sleep(0)
    queue.put_nowait("x")
    queue.put_nowait("y")
    print("two are put")
    await b
    print(f"main has {queue.get_nowait()}")
