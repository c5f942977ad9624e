"""S-TIMEOUT-7: a body that swallows the deadline runs on without one, and has not timed out."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    async with asyncio.timeout(0.02) as deadline:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print(f"{ms()} ms: swallowed")
        await asyncio.sleep(1)
        print(f"{ms()} ms: the body ends")
    requests = asyncio.current_task().cancelling()
    print(f"expired: {deadline.expired()}, requests: {requests}".lower())
