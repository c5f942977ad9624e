"""S-RUN-8: the loop of a runner that is closed runs no more."""

import asyncio


async def hello():
    print("never")


def main():
    runner = asyncio.Runner()
    loop = runner.get_loop()
    runner.close()
    print(f"closed: {loop.is_closed()}".lower())
    coroutine = hello()
    try:
        loop.run_until_complete(coroutine)
    except RuntimeError:
        coroutine.close()
        print("refused")
