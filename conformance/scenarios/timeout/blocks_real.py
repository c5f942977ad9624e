"""S-TIMEOUT-4: a body that blocks the thread beyond its deadline, and never waits, completes."""

import asyncio
import time


async def main():
    async with asyncio.timeout(0.001) as deadline:
        print("the body blocks")
        time.sleep(0.02)
        print("the body goes on")
    print(f"it completes, expired: {deadline.expired()}".lower())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(f"and is left alone, requests: {asyncio.current_task().cancelling()}")
