"""S-FUT-3: done-callbacks run from the loop, in the order added, and never inside the call."""

import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    for name in ["first", "second"]:
        future.add_done_callback(
            lambda future, name=name: print(f"{name} callback: {future.result()}")
        )
    future.set_result(7)
    print("set")
    future.add_done_callback(lambda future: print(f"late callback: {future.result()}"))
    print("added to a done one")
    await asyncio.sleep(0)
    print("after one iteration")
