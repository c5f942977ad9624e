"""S-TASK-6: a task has a copy of its maker's context, and what it awaits itself shares its own."""

import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child(name):
    print(f"{name} starts with {var.get()}")
    var.set(f"the value of {name}")
    await asyncio.sleep(0)
    print(f"{name} has {var.get()}")


async def parent(name):
    print(f"{name} starts with {var.get()}")
    var.set(f"the value of {name}")
    task = asyncio.create_task(child(f"the child of {name}"))
    await child(f"the call of {name}")
    await task
    print(f"{name} ends with {var.get()}")


async def main():
    var.set("the value of main")
    tasks = [asyncio.create_task(parent(name)) for name in ["a", "b"]]
    var.set("the new value of main")
    for task in tasks:
        await task
    print(f"main has {var.get()}")
