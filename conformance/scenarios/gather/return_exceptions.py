"""S-GATHER-4: what failed and what was cancelled are results among the others."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(takes):
    await asyncio.sleep(takes / 1000)
    return f"{takes} ms of work"


async def fail():
    await asyncio.sleep(0.01)
    raise ValueError("boom")


async def give_up():
    asyncio.current_task().cancel()
    await asyncio.sleep(1)


async def main():
    for result in await asyncio.gather(work(30), fail(), give_up(), return_exceptions=True):
        match result:
            case asyncio.CancelledError():
                print("cancelled")
            case ValueError():
                print(f"failed: {result}")
            case _:
                print(result)
    print(f"{ms()} ms: the end")
