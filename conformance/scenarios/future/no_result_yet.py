"""S-FUT-2: a pending future has neither result nor exception; a cancelled one tells the message."""

import asyncio


def look(name, future):
    print(f"{name}: done {future.done()}".lower())
    for what, ask in [("result", future.result), ("exception", future.exception)]:
        try:
            ask()
            print(f"{name}: the {what} is there")
        except asyncio.InvalidStateError:
            print(f"{name}: no {what} yet")
        except asyncio.CancelledError as error:
            print(f"{name}: {what}: cancelled, {error.args[0]}")


async def main():
    future = asyncio.get_running_loop().create_future()
    look("pending", future)
    future.set_result(1)
    look("done", future)
    future = asyncio.get_running_loop().create_future()
    future.cancel("no longer needed")
    look("cancelled", future)
