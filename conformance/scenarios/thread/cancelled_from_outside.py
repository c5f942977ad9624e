"""S-THREAD-1: cancelled from another thread it is cancelled at once, while the task still cleans
up.
"""

import asyncio
import concurrent.futures
import threading


async def work(started, gate, ended):
    print("the task waits")
    started.set()
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await gate.wait()
        print("the task has cleaned up")
        ended.set()


def main():
    loop = asyncio.new_event_loop()

    def run():
        started, gate, ended = threading.Event(), asyncio.Event(), threading.Event()
        future = asyncio.run_coroutine_threadsafe(work(started, gate, ended), loop)
        started.wait()
        print(f"cancel: {future.cancel()}".lower())
        print(f"done: {future.done()}".lower())
        try:
            future.result()
            print("no value: false")
        except concurrent.futures.CancelledError:
            print("no value: true")
        print("the gate opens")
        loop.call_soon_threadsafe(gate.set)
        ended.wait()
        loop.call_soon_threadsafe(loop.stop)

    worker = threading.Thread(target=run)
    worker.start()
    loop.run_forever()
    worker.join()
    loop.close()
