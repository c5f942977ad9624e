"""S-GATHER-5: a child that is cancelled ends the one who awaits, whom nobody has cancelled."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def give_up():
    await asyncio.sleep(0.01)
    asyncio.current_task().cancel()
    await asyncio.sleep(1)


async def work():
    await asyncio.sleep(0.02)
    print(f"{ms()} ms: the other one is done")


async def parent():
    try:
        await asyncio.gather(give_up(), work())
    except asyncio.CancelledError:
        print(f"{ms()} ms: cancelled, requests: {asyncio.current_task().cancelling()}")
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.02)
