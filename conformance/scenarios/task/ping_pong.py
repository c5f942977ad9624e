"""S-TASK-3: two tasks that yield to each other take turns, step by step, until the first has done
all.
"""

import asyncio


async def play(name, turns, rally):
    for turn in range(turns):
        rally.append(turn)
        print(f"{name} {turn}, the ball is at {len(rally)}")
        await asyncio.sleep(0)
    print(f"{name} is done")


async def main():
    rally = []
    first = asyncio.create_task(play("ping", 2, rally))
    second = asyncio.create_task(play("pong", 4, rally))
    await first
    print("no more pings")
    await second
