"""S-LOOP-17: so has a timer, and a call from another thread has that of its sender."""

import asyncio
import contextvars
import threading

var = contextvars.ContextVar("var", default="unset")


def look(name):
    print(f"{name}: {var.get()}")


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def last():
        look("timer")
        done.set_result(None)

    def send():
        look("the thread")
        var.set("the sender's")
        loop.call_soon_threadsafe(look, "threadsafe")
        var.set("changed since")

    var.set("main's")
    loop.call_later(0.001, last)
    var.set("changed since")
    sender = threading.Thread(target=send)
    sender.start()
    sender.join()
    await done
    look("main")
