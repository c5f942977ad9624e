"""S-LOCK-5: another task may release the lock; releasing it once more is an error."""

import asyncio


async def wait(lock):
    print("the waiter asks")
    async with lock:
        print("the waiter has it")


async def release(lock):
    lock.release()
    print("the other has let go")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    print("main has it")
    waiter = asyncio.create_task(wait(lock))
    other = asyncio.create_task(release(lock))
    await waiter
    await other
    print(f"locked: {lock.locked()}".lower())
    try:
        lock.release()
        print("released twice")
    except RuntimeError:
        print("not held")
