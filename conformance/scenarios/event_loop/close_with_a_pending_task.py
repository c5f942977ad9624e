"""S-LOOP-15: a task that is pending when its loop closes; its cleanup never runs."""

import asyncio
import gc


async def wait():
    print("the task waits")
    await asyncio.get_running_loop().create_future()
    print("cleanup")


def main():
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(
        lambda loop, context: print(f"reported: {context['task'].get_name()}")
    )
    task = loop.create_task(wait(), name="waiter")
    loop.stop()
    loop.run_forever()
    print("closing")
    loop.close()
    print("closed")
    print(f"done: {task.done()}".lower())
    del task
    gc.collect()
    print("nobody holds it any more")
