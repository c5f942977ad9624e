"""S-TIMEOUT-2: without a deadline the body takes as long as it takes."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    async with asyncio.timeout(None) as deadline:
        print(f"there is a deadline: {deadline.when() is not None}".lower())
        await asyncio.sleep(86_400)
    print(f"{ms()} ms: the day is over, expired: {deadline.expired()}".lower())
