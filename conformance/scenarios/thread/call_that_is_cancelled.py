"""S-LOOP-8, S-LOOP-16: a call from another thread can be cancelled before the loop gets to it."""

import asyncio
import threading


def main():
    loop = asyncio.new_event_loop()

    def send():
        calls = [loop.call_soon_threadsafe(print, name) for name in ["first", "second", "third"]]
        calls[1].cancel()
        print(f"cancelled: {calls[0].cancelled()}, {calls[1].cancelled()}".lower())
        loop.call_soon_threadsafe(loop.stop)

    worker = threading.Thread(target=send)
    worker.start()
    worker.join()
    print("the loop runs")
    loop.run_forever()
    loop.close()
