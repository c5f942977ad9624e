"""S-QUEUE-5: the order of items of which none is smaller."""

import asyncio


class Job:
    def __init__(self, name, priority):
        self.name = name
        self.priority = priority

    def __lt__(self, other):
        return self.priority < other.priority


async def main():
    queue = asyncio.PriorityQueue()
    for name in ["a", "b", "c", "d"]:
        queue.put_nowait(Job(name, 1))
    queue.put_nowait(Job("urgent", 0))
    while not queue.empty():
        print(queue.get_nowait().name)
