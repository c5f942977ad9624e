"""S-LOOP-10: `stop` lets the batch end; what the batch queued waits for the next run."""

import asyncio


def main():
    loop = asyncio.new_event_loop()

    def stop():
        print("stop")
        loop.stop()
        loop.call_soon(print, "queued by the batch")

    loop.call_soon(stop)
    loop.call_soon(print, "of the same batch")
    loop.run_forever()
    print("the first run is over")
    loop.call_soon(loop.stop)
    loop.run_forever()
    print("the second run is over")
    loop.close()
