"""S-WAIT-1: there is nothing to wait for."""

import asyncio


async def main():
    try:
        done, pending = await asyncio.wait([])
        print(f"done: {len(done)}, pending: {len(pending)}")
    except ValueError:
        print("refused")
