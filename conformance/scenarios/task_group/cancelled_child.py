"""S-TG-4: a child that ends cancelled is no failure: the others and the body go on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def child(name):
    try:
        await asyncio.sleep(0.05)
        print(f"{ms()} ms: {name} is done")
    finally:
        print(f"{ms()} ms: {name} ends")


async def main():
    async with asyncio.TaskGroup() as group:
        unwanted = group.create_task(child("the unwanted one"))
        group.create_task(child("the other one"))
        await asyncio.sleep(0.02)
        unwanted.cancel()
        await asyncio.wait([unwanted])
        print(f"{ms()} ms: the body goes on")
    print(f"{ms()} ms: the group is over, cancelled: {unwanted.cancelled()}".lower())
