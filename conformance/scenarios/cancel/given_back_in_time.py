"""S-CANCEL-10: requests are given back one by one; at zero one that was not seen yet is withdrawn.
"""

import asyncio


async def work(requests, given_back):
    task = asyncio.current_task()
    print(f"nothing to give back: {task.uncancel()}")
    for _ in range(requests):
        task.cancel()
    for _ in range(given_back):
        print(f"{task.uncancel()} remain")
    try:
        await asyncio.sleep(0)
    finally:
        print("the yield is over")
    print("it goes on")


async def main():
    for given_back in [1, 3]:
        task = asyncio.create_task(work(2, given_back))
        while not task.done():
            await asyncio.sleep(0)
        print(f"{given_back} given back, cancelled: {task.cancelled()}".lower())
