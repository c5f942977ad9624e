"""S-WAITFOR-3, S-WAITFOR-4: each try has its own time, and the first to keep it is the last."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def ask(server, takes):
    try:
        await asyncio.sleep(takes / 1000)
        return f"an answer from {server}"
    finally:
        print(f"{ms()} ms: {server} hangs up")


async def main():
    for server, takes in [("a", 50), ("b", 20), ("c", 10), ("d", 5)]:
        print(f"{ms()} ms: asks {server}")
        try:
            answer = await asyncio.wait_for(ask(server, takes), 0.015)
        except TimeoutError:
            print(f"{ms()} ms: {server} timed out")
        else:
            print(f"{ms()} ms: {answer}")
            break
