"""S-TIMEOUT-2: a deadline is moved by its body and by others, further off, away, and near."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def others(deadline):
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0.02)
    deadline.reschedule(None)
    print(f"{ms()} ms: there is none, expired: {deadline.expired()}".lower())
    await asyncio.sleep(0.06)
    deadline.reschedule(loop.time() + 0.02)
    print(f"{ms()} ms: there is one again")


async def main():
    try:
        async with asyncio.timeout(0.01) as deadline:
            deadline.reschedule(deadline.when() + 0.02)
            task = asyncio.create_task(others(deadline))
            await asyncio.sleep(0.05)
            print(f"{ms()} ms: goes on")
            await asyncio.sleep(1)
            print("never")
    except TimeoutError:
        print(f"{ms()} ms: timed out, expired: {deadline.expired()}".lower())
    await task
