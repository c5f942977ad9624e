"""S-GATHER-1, S-GATHER-6: nested, results come in order, and a cancellation reaches all leaves."""

import asyncio


def ms():
    return round(asyncio.get_running_loop().time() * 1000)


async def leaf(name, takes):
    try:
        await asyncio.sleep(takes / 1000)
        print(f"{ms()} ms: {name} is done")
        return name
    except asyncio.CancelledError:
        print(f"{ms()} ms: {name} is cancelled")
        raise


async def branch(name, takes):
    leaves = asyncio.gather(leaf(f"{name}1", 2 * takes), leaf(f"{name}2", takes))
    return "+".join(await leaves)


async def tree(takes):
    print(" ".join(await asyncio.gather(branch("a", 3 * takes), branch("b", takes))))


async def main():
    await tree(5)
    task = asyncio.create_task(tree(500))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task])
    print(f"{ms()} ms: ended cancelled: {task.cancelled()}".lower())
