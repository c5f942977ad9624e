"""S-LOOP-8: a timer that is cancelled, early or by the one before it, never runs."""

import asyncio


async def main():
    loop = asyncio.get_running_loop()
    when = loop.time() + 0.005
    early = loop.call_later(0.001, print, "never")

    def first():
        print("the first fires")
        victim.cancel()

    loop.call_at(when, first)
    victim = loop.call_at(when + 0.001, print, "never either")
    early.cancel()
    print(f"cancelled: {early.cancelled()}".lower())
    await asyncio.sleep(0.01)
    print(f"the second was cancelled: {victim.cancelled()}".lower())
