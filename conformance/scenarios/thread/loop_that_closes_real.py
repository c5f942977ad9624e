"""S-THREAD-1, S-LOOP-15: a task is sent to a loop that closes before it gets to it."""

import asyncio


async def work():
    print("never")


def main():
    loop = asyncio.new_event_loop()
    future = asyncio.run_coroutine_threadsafe(work(), loop)
    print(f"done: {future.done()}".lower())
    loop.close()
    print("closed")
    try:
        future.result(0.05)
        print("it has ended well")
    except TimeoutError:
        print("it hangs")
    try:
        asyncio.run_coroutine_threadsafe(work(), loop)
        print("another is refused: false")
    except RuntimeError:
        print("another is refused: true")
