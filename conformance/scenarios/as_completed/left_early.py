"""S-ASCOMP-1: who has enough leaves, and the rest run on."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def ask(server, takes):
    await asyncio.sleep(takes / 1000)
    print(f"{ms()} ms: {server} answers")
    return server


async def fastest(servers):
    for coming in asyncio.as_completed([ask(server, takes) for server, takes in servers]):
        return await coming


async def main():
    print(f"the fastest is {await fastest([('a', 30), ('b', 10), ('c', 20)])}")
    await asyncio.sleep(0.03)
    print(f"{ms()} ms: the end")
