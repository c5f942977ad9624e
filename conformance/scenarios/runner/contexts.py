"""S-RUN-8: the runs of a runner share a context, which their tasks copy and their maker keeps."""

import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child():
    print(f"the child sees {var.get()}")
    var.set("the child's")


async def main_task(value):
    print(f"main sees {var.get()}")
    var.set(value)
    await asyncio.create_task(child())
    print(f"main has {var.get()}")


def main():
    var.set("the maker's")
    with asyncio.Runner() as runner:
        runner.run(main_task("the first run's"))
        print(f"the maker has {var.get()}")
        var.set("the maker's new one")
        runner.run(main_task("the second run's"))
        print(f"the maker has {var.get()}")
