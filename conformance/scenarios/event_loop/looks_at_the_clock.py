"""S-LOOP-2, S-LOOP-4: how often a loop that is never idle looks at its clock."""

import asyncio


async def yields():
    """How often the caller yields before a timer without delay has fired."""
    fired = []
    asyncio.get_running_loop().call_later(0, fired.append, True)
    yields = 0
    while not fired:
        await asyncio.sleep(0)
        yields += 1
    return yields


async def main():
    await yields()  # The loop has just looked when this is over.
    for _ in range(3):
        print(f"{await yields()} yields")
