"""S-LOOP-2: what a callback queues runs in the next iteration, behind what was queued before it."""

import asyncio


def spread(name, generations):
    print(f"{name}, {generations} to come")
    if generations > 0:
        asyncio.get_running_loop().call_soon(spread, name, generations - 1)


async def main():
    for name in ["a", "b"]:
        asyncio.get_running_loop().call_soon(spread, name, 2)
    for n in range(4):
        print(f"iteration {n}")
        await asyncio.sleep(0)
