"""S-LOOP-17: a callback has a copy of the context of its scheduling, and changes nothing else."""

import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


def look(name):
    print(f"{name}: {var.get()}")
    var.set(f"changed by {name}")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    var.set("one")
    loop.call_soon(look, "soon")
    future.add_done_callback(lambda _: look("done"))
    var.set("two")
    loop.call_soon(look, "soon again")
    future.set_result(None)
    var.set("three")
    future.add_done_callback(lambda _: look("done already"))
    var.set("four")
    print(f"main: {var.get()}")
    await asyncio.sleep(0)
    print(f"main: {var.get()}")
