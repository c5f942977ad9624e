"""S-FUT-7: awaiting what is done does not suspend, so nobody else runs meanwhile."""

import asyncio


async def other():
    print("the other task runs")


async def another_value():
    return "another value"


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result("a value")
    done = asyncio.create_task(another_value())
    await asyncio.sleep(0)
    task = asyncio.create_task(other())
    for _ in range(2):
        print(f"{await future} at once")
    print(f"{await done} at once")
    print("now it may run")
    await task
