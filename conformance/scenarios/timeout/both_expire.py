"""S-TIMEOUT-8: of two timeouts with one deadline the outer one is what timed out."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def main():
    deadline = asyncio.get_running_loop().time() + 0.02
    try:
        async with asyncio.timeout_at(deadline):
            try:
                async with asyncio.timeout_at(deadline):
                    try:
                        await asyncio.sleep(1)
                    finally:
                        print(f"{ms()} ms: the body ends")
            except TimeoutError:
                print("the inner one timed out")
            await asyncio.sleep(1)
    except TimeoutError:
        print(f"{ms()} ms: the outer one timed out")
    print(f"requests: {asyncio.current_task().cancelling()}")
