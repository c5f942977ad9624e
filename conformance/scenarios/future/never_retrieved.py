"""S-FUT-8: an exception that nobody looked at is reported; reading it, or cancelling, counts as a
look.
"""

import asyncio


def failed(text):
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError(text))
    return future


async def main():
    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: print(f"reported: {context['exception']}")
    )
    print("nobody looks")
    future = failed("unseen")
    del future
    print("somebody reads the exception")
    future = failed("read")
    print(f"it is {future.exception()}")
    del future
    print("somebody asks for the result")
    future = failed("asked")
    try:
        future.result()
    except ValueError:
        print("an error: true")
    del future
    print("somebody cancels it")
    future = failed("cancelled")
    print(f"cancel: {future.cancel()}".lower())
    del future
    print("nobody looks at another")
    future = failed("unseen too")
    print(f"done: {future.done()}".lower())
    del future
    print("the end")
