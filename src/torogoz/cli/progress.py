"""A progress bar for commands over many items: on a terminal only, on standard error, so that output stays clean."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

_WIDTH = 30
_REDRAW_S = 0.1


def progress(items: Iterable[Item], label: str, total: int) -> Iterator[Item]:
    """Give the items on, and show how many of them are done where a person is looking."""
    if not sys.stderr.isatty():
        yield from items
        return
    drawn = 0.0
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - drawn >= _REDRAW_S:
            drawn = now
            filled = _WIDTH * done // max(total, done)
            sys.stderr.write(f"\r{label} {'█' * filled}{'·' * (_WIDTH - filled)} {done:,}/{total:,}")
            sys.stderr.flush()
    # The line is taken away, so that what the command prints next starts on a clean one.
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()


class Timed(Iterator[Item]):
    """Passes items on, and counts the seconds that they took to come."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self.seconds = 0.0

    def __next__(self) -> Item:
        """Wait for the next one."""
        start = time.perf_counter()
        try:
            return next(self._items)
        finally:
            self.seconds += time.perf_counter() - start
