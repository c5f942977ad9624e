"""S-LOCK-5: who has the lock and asks for it again waits for itself, here until it gives up."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    lock = asyncio.Lock()
    async with lock:
        print("has it, asks again")
        try:
            await asyncio.wait_for(lock.acquire(), 0.01)
            print("has it twice")
        except TimeoutError:
            print(f"{ms()} ms: gives up, locked: {lock.locked()}".lower())
    print(f"lets go, locked: {lock.locked()}".lower())
    async with lock:
        print("has it anew")
