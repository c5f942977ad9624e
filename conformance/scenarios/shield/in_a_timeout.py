"""S-SHIELD-1, S-TIMEOUT-5: a deadline ends the wait for what is shielded, not the work."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work():
    await asyncio.sleep(0.05)
    print(f"{ms()} ms: the work is done")
    return "the result"


async def main():
    task = asyncio.create_task(work())
    while not task.done():
        try:
            result = await asyncio.wait_for(asyncio.shield(task), 0.02)
            print(f"{ms()} ms: has {result}")
        except TimeoutError:
            print(f"{ms()} ms: not yet")
