"""S-WAITFOR-1: what is waited for runs in the caller's task, at once."""

import asyncio


async def work():
    print("the work starts")
    return asyncio.current_task().get_name() == "caller"


async def main():
    asyncio.current_task().set_name("caller")
    print("asks")
    same = await asyncio.wait_for(work(), 1)
    print(f"in the caller's task: {same}".lower())
