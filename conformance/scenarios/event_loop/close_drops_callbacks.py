"""S-LOOP-15: `close` drops callbacks and timers, does nothing the second time, and ends all
scheduling.
"""

import asyncio


def refused(run, *args):
    try:
        run(*args)
        return "false"
    except RuntimeError:
        return "true"


def main():
    loop = asyncio.new_event_loop()
    loop.call_soon(print, "never")
    loop.call_later(0, print, "never")
    print(f"closed: {loop.is_closed()}".lower())
    loop.close()
    loop.close()
    print(f"closed: {loop.is_closed()}".lower())
    print(f"a callback refused: {refused(loop.call_soon_threadsafe, print, 'never')}")
    print(f"a run refused: {refused(loop.run_forever)}")
