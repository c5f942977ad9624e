"""S-LOOP-16: calls of one thread keep their order, whatever others send meanwhile."""

import asyncio
import threading

THREADS = 3
CALLS = 100


def main():
    loop = asyncio.new_event_loop()
    seen = [[] for _ in range(THREADS)]
    together = threading.Barrier(THREADS)

    def send(thread):
        together.wait()
        for call in range(CALLS):
            loop.call_soon_threadsafe(seen[thread].append, call)

    workers = [threading.Thread(target=send, args=[thread]) for thread in range(THREADS)]

    def wait():
        for worker in workers:
            worker.join()
        loop.call_soon_threadsafe(loop.stop)

    last = threading.Thread(target=wait)
    for thread in [*workers, last]:
        thread.start()
    loop.run_forever()
    last.join()
    for thread, calls in enumerate(seen):
        in_order = str(calls == sorted(calls)).lower()
        print(f"thread {thread}: {len(calls)} calls, in order: {in_order}")
    loop.close()
