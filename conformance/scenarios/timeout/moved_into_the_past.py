"""S-TIMEOUT-2: moved to now or before, it ends the body at its next wait."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    loop = asyncio.get_running_loop()
    past = loop.time()
    await asyncio.sleep(0.01)
    try:
        async with asyncio.timeout(1) as deadline:
            deadline.reschedule(past)
            print(f"{ms()} ms: moved, expired: {deadline.expired()}".lower())
            await asyncio.sleep(1)
            print("never")
    except TimeoutError:
        print(f"{ms()} ms: timed out, expired: {deadline.expired()}".lower())
    async with asyncio.timeout(1) as deadline:
        deadline.reschedule(loop.time())
        print(f"{ms()} ms: moved again, and does not wait")
    print(f"{ms()} ms: in time, expired: {deadline.expired()}".lower())
