"""S-LOOP-2: a callback that queues itself for ever keeps no timer from firing."""

import asyncio


def again(fired, over):
    if fired:
        print("the callback sees it and ends")
        over.set_result(None)
    else:
        asyncio.get_running_loop().call_soon(again, fired, over)


def fire(fired):
    print("the timer fires")
    fired.append(True)


async def main():
    loop = asyncio.get_running_loop()
    fired, over = [], loop.create_future()
    loop.call_later(0, fire, fired)
    print("the callback goes on and on")
    again(fired, over)
    await over
    print("over")
