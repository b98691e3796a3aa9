"""Work that threads bring one piece at a time, done for all who wait at once by whoever's turn it is.

The embedded database has one writer. Threads that each ask it for the right to write keep each other and the worker
from it, and fifty requests a second never end (measured: docs/benchmarks). Here they stand in one line: the first does
the work of all who came meanwhile, and the others find theirs done.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from threading import Event, Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
#: Whoever gives up while their piece is just being done waits this much longer, in seconds, to hear of it.
_GRACE = 0.5


class _Waiting(Generic[Item]):
    """One piece of work, and whether it was done."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.done = Event()


class Together(Generic[Item]):
    """A line in front of `work`, which takes up to `most` pieces at once and must not raise."""

    def __init__(self, work: Callable[[list[Item]], None], most: int) -> None:
        self._work = work
        self._most = most
        self._turn = Lock()
        self._line: deque[_Waiting[Item]] = deque()

    def do(self, item: Item, until: float) -> bool:
        """Have a piece done, by whomever; False where its turn did not come in time, by `time.monotonic`."""
        mine = _Waiting(item)
        self._line.append(mine)
        while not mine.done.is_set():
            if not self._turn.acquire(timeout=max(until - time.monotonic(), 0.0)):
                return self._give_up(mine)
            try:
                if not mine.done.is_set():
                    self._do_some()
            finally:
                self._turn.release()
        return True

    def _do_some(self) -> None:
        some = [self._line.popleft() for _ in range(min(len(self._line), self._most))]
        try:
            self._work([each.item for each in some])
        finally:
            for each in some:
                each.done.set()

    def _give_up(self, mine: _Waiting[Item]) -> bool:
        try:
            self._line.remove(mine)
        except ValueError:  # it is being done just now
            return mine.done.wait(_GRACE)
        return False
