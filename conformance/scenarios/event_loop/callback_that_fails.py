"""S-LOOP-8, S-LOOP-9: a callback that fails is reported and the others run, but a cancelled one."""

import asyncio


def fail():
    raise ValueError("boom")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(f"reported: {context['exception']}"))

    def cancel():
        print("cancels the next one")
        handle.cancel()
        print(f"cancelled: {handle.cancelled()}".lower())

    loop.call_soon(print, "before")
    loop.call_soon(fail)
    loop.call_soon(cancel)
    handle = loop.call_soon(print, "never")
    loop.call_soon(print, "after")
    await asyncio.sleep(0)
    print("the loop goes on")
