"""S-TG-2, S-TIMEOUT-5: a child that times out fails the group, unless it sees to it itself."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def patient():
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(1)
    except TimeoutError:
        print(f"{ms()} ms: the patient one tries no more")


async def strict():
    async with asyncio.timeout(0.03):
        await asyncio.sleep(1)


async def sibling():
    try:
        await asyncio.sleep(1)
    finally:
        print(f"{ms()} ms: the sibling is cancelled")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(patient())
            group.create_task(strict())
            group.create_task(sibling())
    except* TimeoutError as failed:
        print(f"{ms()} ms: timed out: {len(failed.exceptions)}")
