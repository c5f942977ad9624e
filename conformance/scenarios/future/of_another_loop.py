"""S-FUT-9: a task awaits a future of another loop."""

import asyncio


async def awaits(future):
    print("the task awaits it")
    print(f"the task has {await future}")


async def sets(future):
    print("its own loop sets it")
    future.set_result(9)
    await asyncio.sleep(0)


def main():
    one = asyncio.new_event_loop()
    other = asyncio.new_event_loop()
    future = other.create_future()
    task = one.create_task(awaits(future))
    one.stop()
    one.run_forever()
    print(f"done: {task.done()}".lower())
    other.run_until_complete(sets(future))
    try:
        one.run_until_complete(task)
        print("the task has ended")
    except RuntimeError:
        print("the task has failed")
    one.close()
    other.close()
