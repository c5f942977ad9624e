"""S-THREAD-1: another thread cancels what it has cancelled, and what has ended."""

import asyncio
import concurrent.futures
import threading


async def short():
    print("the short one runs")


async def long():
    await asyncio.sleep(60)
    print("never")


def main():
    loop = asyncio.new_event_loop()

    def run():
        cancelled = asyncio.run_coroutine_threadsafe(long(), loop)
        for _ in range(2):
            print(f"cancel: {cancelled.cancel()}".lower())
        ended = asyncio.run_coroutine_threadsafe(short(), loop)
        concurrent.futures.wait([ended])
        print(f"cancel what has ended: {ended.cancel()}".lower())
        loop.call_soon_threadsafe(loop.stop)

    worker = threading.Thread(target=run)
    worker.start()
    loop.run_forever()
    worker.join()
    loop.close()
