"""Runs one scenario on CPython 3.13 or later: python run.py scenarios/lock/fifo.py

A scenario has either `async def main():`, which runs on asyncio's selector loop with a clock that
jumps to the next deadline when nothing is ready, or `def main():`, a whole program on the real
clock. What it prints is the trace. One that says `needs = (3, 14)` is left out on older Pythons,
with exit status 77.
"""

import asyncio
import importlib.util
import inspect
import selectors
import sys

LEFT_OUT = 77
# Nothing is ready and no timer is armed: only another thread could still bring something.
STALLED_AFTER = 5


class JumpingSelector(selectors.DefaultSelector):
    """Never waits for time to pass: instead of waiting it moves the clock."""

    now = 0.0

    def select(self, timeout=None):
        events = super().select(0)
        if events or timeout == 0:
            return events
        if timeout is None:
            events = super().select(STALLED_AFTER)
            if not events:
                raise RuntimeError("the scenario stalled: it waits for what nobody will do")
            return events
        self.now += timeout
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """asyncio's own loop in all but its clock."""

    def __init__(self):
        self._jumping = JumpingSelector()
        super().__init__(self._jumping)

    def time(self):
        return self._jumping.now


def load(path):
    spec = importlib.util.spec_from_file_location("scenario", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(path):
    scenario = load(path)
    if sys.version_info < getattr(scenario, "needs", (3, 13)):
        return LEFT_OUT
    if inspect.iscoroutinefunction(scenario.main):
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(scenario.main())
    else:
        scenario.main()
    return 0


if __name__ == "__main__":
    sys.dont_write_bytecode = True  # The folder of scenarios holds nothing else.
    sys.exit(main(sys.argv[1]))
