"""S-SHIELD-4: nobody holds the work once its awaiter is gone."""

import asyncio
import gc


async def work():
    print("the work starts")
    await asyncio.get_running_loop().create_future()


async def awaiter():
    await asyncio.shield(work())


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("reported: the work is lost"))
    task = asyncio.create_task(awaiter())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    gc.collect()
    print(f"tasks: {len(asyncio.all_tasks())}")
