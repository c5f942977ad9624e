"""S-LOOP-13: a run that is stopped before its future is done is an error, and the future stays
pending.
"""

import asyncio


def main():
    loop = asyncio.new_event_loop()
    future = loop.create_future()

    def stop():
        print("stop")
        loop.stop()

    loop.call_soon(stop)
    try:
        loop.run_until_complete(future)
        print("an error: false")
    except RuntimeError:
        print("an error: true")
    print(f"done: {future.done()}".lower())

    async def later():
        await asyncio.sleep(0)
        future.set_result("the value")
        return await future

    print(f"in a later run: {loop.run_until_complete(later())}")
    loop.close()
