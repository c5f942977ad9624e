"""S-LOOP-12: a loop that runs cannot be run again, nor another one on its thread."""

import asyncio


async def nothing():
    pass


def refused(loop):
    coroutine = nothing()
    try:
        loop.run_until_complete(coroutine)
        return "false"
    except RuntimeError:
        coroutine.close()
        return "true"


def main():
    loop = asyncio.new_event_loop()
    other = asyncio.new_event_loop()

    def inside():
        print(f"running: {loop.is_running()}, {other.is_running()}".lower())
        print(f"itself refused: {refused(loop)}")
        print(f"the other refused: {refused(other)}")
        loop.stop()

    loop.call_soon(inside)
    loop.run_forever()
    print(f"running: {loop.is_running()}, {other.is_running()}".lower())
    print(f"the other refused: {refused(other)}")
    loop.close()
    other.close()
