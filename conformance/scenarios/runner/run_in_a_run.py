"""S-LOOP-12: a runner does not run inside another one's run, and that one goes on."""

import asyncio


async def inner():
    print("never")


async def outer():
    runner = asyncio.Runner()
    coroutine = inner()
    try:
        runner.run(coroutine)
    except RuntimeError:
        coroutine.close()
        print("refused")
    await asyncio.sleep(0)
    print("the outer run goes on")


def main():
    asyncio.run(outer())
    print("the outer run is over")
