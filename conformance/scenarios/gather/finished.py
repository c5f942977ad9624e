"""S-GATHER-8: once it has failed, a cancellation of the one who awaited it touches no child."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def give_up():
    asyncio.current_task().cancel()
    await asyncio.sleep(1)


async def work():
    await asyncio.sleep(0.05)
    print(f"{ms()} ms: the other child is done")


async def parent():
    gathered = asyncio.gather(give_up(), work())
    try:
        await gathered
    except asyncio.CancelledError:
        print(f"{ms()} ms: it has failed")
    await asyncio.sleep(1)


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.05)
