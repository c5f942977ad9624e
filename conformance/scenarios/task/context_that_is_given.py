"""S-TASK-6: in a context that is given, tasks see each other's changes; their makers do not."""

import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def work(name):
    for step in range(2):
        print(f"{name} sees {var.get()}")
        var.set(f"step {step} of {name}")
        await asyncio.sleep(0)


async def main():
    var.set("the value of main")
    context = contextvars.copy_context()
    var.set("the new value of main")
    tasks = [asyncio.create_task(work(name), context=context) for name in ["a", "b"]]
    for task in tasks:
        await task
    print(f"the context has {context[var]}")
    print(f"main has {var.get()}")
