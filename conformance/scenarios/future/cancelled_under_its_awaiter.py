"""S-FUT-2, S-CANCEL-13: a future is cancelled while a task awaits it."""

import asyncio


async def awaits(future):
    print("the task waits")
    try:
        print(f"the task has {await future}")
    except asyncio.CancelledError:
        print("the task is told, cancelled: true")
        raise
    await asyncio.sleep(0)
    print("the task goes on")


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(awaits(future))
    await asyncio.sleep(0)
    print(f"cancel the future: {future.cancel()}".lower())
    while not task.done():
        print("waiting for the task")
        await asyncio.sleep(0)
    cancelled, requests = str(task.cancelled()).lower(), task.cancelling()
    print(f"the task ended cancelled: {cancelled}, requests: {requests}")
