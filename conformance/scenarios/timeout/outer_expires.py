"""S-TIMEOUT-8: an outer deadline crosses an inner timeout as a cancellation."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def inner():
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(5)
            finally:
                print(f"{ms()} ms: the innermost cleans up")
                await asyncio.sleep(0.01)
    except TimeoutError:
        print("the inner one timed out")


async def main():
    try:
        async with asyncio.timeout(0.02):
            try:
                await inner()
            finally:
                print(f"{ms()} ms: the outer body cleans up")
                await asyncio.sleep(0.01)
    except TimeoutError:
        print(f"{ms()} ms: the outer one timed out")
