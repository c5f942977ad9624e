"""S-LOCK-2: a holder that fails lets go all the same."""

import asyncio


async def hold(name, lock):
    async with lock:
        print(f"{name} has it")
        await asyncio.sleep(0)
        if name == "a":
            raise ValueError("a fails")
        print(f"{name} lets go")


async def main():
    lock = asyncio.Lock()
    a, b = [asyncio.create_task(hold(name, lock)) for name in ["a", "b"]]
    try:
        await a
    except ValueError as error:
        print(error)
    await b
    print(f"locked: {lock.locked()}".lower())
