"""S-SEM-4: a plain semaphore takes more units than it began with, a bounded one minds."""

import asyncio


async def main():
    plain = asyncio.Semaphore(1)
    plain.release()
    for n in range(1, 3):
        await plain.acquire()
        print(f"{n} of the plain one, locked: {plain.locked()}".lower())

    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
        print("released")
    except ValueError:
        print("too many")
    await bounded.acquire()
    print(f"1 of the bounded one, locked: {bounded.locked()}".lower())
    bounded.release()
    print(f"released, locked: {bounded.locked()}".lower())
