"""S-FUT-4: a callback can be taken back until the future is done, not after."""

import asyncio


def first(_):
    print("the first")


def second(_):
    print("the second")


def third(_):
    print("the third")


async def main():
    future = asyncio.get_running_loop().create_future()
    for callback in [first, second, third]:
        future.add_done_callback(callback)
    print(f"taken back: {future.remove_done_callback(second)}")
    print(f"again: {future.remove_done_callback(second)}")
    future.set_result(None)
    print(f"when done: {future.remove_done_callback(first)}")
    print(f"when done: {future.remove_done_callback(third)}")
    await asyncio.sleep(0)
