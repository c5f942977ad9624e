"""S-FUT-3: a callback that is added twice runs twice; one that a callback adds runs an iteration
later.
"""

import asyncio


def shout(future):
    print(f"{future.result()}!")


def add_another(future):
    future.add_done_callback(shout)
    print("added one")


async def main():
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(shout)
    future.add_done_callback(add_another)
    future.add_done_callback(shout)
    future.set_result("done")
    for n in range(3):
        print(f"iteration {n}")
        await asyncio.sleep(0)
