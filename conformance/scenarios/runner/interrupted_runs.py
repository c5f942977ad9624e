"""S-RUN-4, S-RUN-8: a runner whose run was interrupted has others; what it left goes on in them."""

import asyncio
import signal


async def idle():
    await asyncio.get_running_loop().create_future()


async def first():
    asyncio.create_task(idle(), name="idle")
    await asyncio.sleep(0)
    signal.raise_signal(signal.SIGINT)
    await asyncio.get_running_loop().create_future()


async def second():
    names = sorted(task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()})
    print(f"the second run finds {' '.join(names)}")
    signal.raise_signal(signal.SIGINT)
    await asyncio.get_running_loop().create_future()


def run(runner, main_task):
    try:
        runner.run(main_task)
    except KeyboardInterrupt:
        print("interrupted")


def main():
    with asyncio.Runner() as runner:
        run(runner, first())
        run(runner, second())
    print("closed")
