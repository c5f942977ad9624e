"""S-FUT-1: a future is completed once, whether by a result, an exception or a cancellation."""

import asyncio


def refused(complete, value):
    try:
        complete(value)
        return "false"
    except asyncio.InvalidStateError:
        return "true"


def try_all(name, future):
    print(f"{name}: result refused: {refused(future.set_result, 'another')}")
    print(f"{name}: exception refused: {refused(future.set_exception, ValueError('another'))}")
    print(f"{name}: cancel: {future.cancel()}".lower())


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    done.set_result("the first")
    try_all("done", done)
    print(await done)

    failed = loop.create_future()
    failed.set_exception(ValueError("boom"))
    try_all("failed", failed)
    try:
        await failed
    except ValueError as error:
        print(error)

    cancelled = loop.create_future()
    print(f"cancel: {cancelled.cancel()}".lower())
    try_all("cancelled", cancelled)
    print(f"cancelled: {cancelled.cancelled()}".lower())
