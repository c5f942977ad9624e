"""S-FUT-7: a task that awaits itself fails, and hangs nobody."""

import asyncio


async def awaits_itself(place):
    print("it awaits itself")
    await place[0]
    print("never")


async def main():
    place = []
    task = asyncio.create_task(awaits_itself(place))
    place.append(task)
    for _ in range(3):
        await asyncio.sleep(0)
    print(f"done: {task.done()}, cancelled: {task.cancelled()}".lower())
