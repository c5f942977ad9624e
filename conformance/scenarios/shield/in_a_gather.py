"""S-SHIELD-1, S-GATHER-6: of the children of a cancelled gather the shielded one goes on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def work(name):
    try:
        await asyncio.sleep(0.03)
        print(f"{ms()} ms: {name} is done")
    except asyncio.CancelledError:
        print(f"{ms()} ms: {name} is cancelled")
        raise


async def parent():
    await asyncio.gather(work("the bare one"), asyncio.shield(work("the shielded one")))


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
    await asyncio.sleep(0.05)
