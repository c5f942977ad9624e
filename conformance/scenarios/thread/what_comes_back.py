"""S-THREAD-1: what another thread gets of a task: its value, its failure, or that it was cancelled.
"""

import asyncio
import concurrent.futures
import threading


async def work(how):
    print(f"the work begins: {how}")
    await asyncio.sleep(0)
    if how == "fails":
        raise ValueError("boom")
    if how == "is cancelled":
        raise asyncio.CancelledError
    return "its value"


def ask(loop, how):
    future = asyncio.run_coroutine_threadsafe(work(how), loop)
    try:
        print(f"the thread has {future.result()}")
    except concurrent.futures.CancelledError:
        print("the thread is told that it was cancelled")
    except ValueError as error:
        print(f"the thread is told: {error}")


def main():
    loop = asyncio.new_event_loop()

    def run():
        for how in ["returns", "fails", "is cancelled"]:
            ask(loop, how)
        loop.call_soon_threadsafe(loop.stop)

    worker = threading.Thread(target=run)
    worker.start()
    loop.run_forever()
    worker.join()
    loop.close()
