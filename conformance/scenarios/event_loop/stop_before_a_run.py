"""S-LOOP-11: `stop` before a run makes it one iteration that does not wait, and is then over."""

import asyncio


def main():
    loop = asyncio.new_event_loop()

    def ready():
        print("ready")
        loop.call_soon(print, "queued by what was ready")

    def stop():
        print("not stopped any more")
        loop.stop()

    loop.call_soon(ready)
    loop.call_later(0, print, "due")
    loop.call_later(3600, print, "not due")
    loop.stop()
    loop.run_forever()
    print("one iteration is over")
    loop.call_soon(stop)
    loop.run_forever()
    loop.close()
