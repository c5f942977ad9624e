"""S-LOOP-16: a call from another thread wakes a loop that sleeps, and calls keep their order."""

import asyncio
import threading


def main():
    loop = asyncio.new_event_loop()

    def work():
        for n in range(1, 4):
            loop.call_soon_threadsafe(print, "call", n)
        loop.call_soon_threadsafe(loop.stop)

    worker = threading.Thread(target=work)
    worker.start()
    loop.run_forever()
    worker.join()
    print("stopped")
    loop.close()
