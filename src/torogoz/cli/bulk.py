"""Many queries answered by the cores of this machine, flight by flight and in their order.

Processes are forked once the list stands in memory: all of them read the same arrays, nothing of the list is copied or
written anywhere, and a process costs some milliseconds instead of the seconds that one started afresh takes to load its
kernels. Nothing here holds the threads for which the design forbids it (docs/decisions/0026-bulk-matching-forks.md).

A few queries, evenly spread, are asked alone: what one takes is theirs to tell.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import NamedTuple

from torogoz.errors import UnavailableError
from torogoz.matching import ListIndex, Match, Query, match, match_all

#: As many are asked at once as a large aircraft has seats.
FLIGHT = 300
#: So many are asked alone; all, where there are fewer than twice as many.
_ALONE = 200
#: Fewer queries for each process are not worth another one.
_WORTH_A_PROCESS = 1_000
#: Flights that each process may be ahead of what is written.
_AHEAD = 2
#: `PR_SET_PDEATHSIG` of prctl(2).
_SIGNAL_AT_PARENTS_DEATH = 1


class Written(NamedTuple):
    """An answer as its line, and in words for a person, if these were asked for."""

    line: str
    words: str


@dataclass(frozen=True, slots=True)
class Flight:
    """The answers of a flight in order, and how long each took that was asked alone, in seconds."""

    answers: list[Written]
    seconds: list[float]


@dataclass(frozen=True, slots=True)
class Bulk:
    """Queries with their ids, whom to look for among, and how an answer is written; a process answers flights of it."""

    queries: Sequence[tuple[str, Query]]
    index: ListIndex
    threshold: float
    write: Callable[[str, Sequence[Match]], Written]

    def flight(self, start: int) -> Flight:
        """Answer the queries of a flight, which begins at a place."""
        step = max(1, len(self.queries) // _ALONE)
        places = range(start, min(start + FLIGHT, len(self.queries)))
        together = [place for place in places if place % step]
        found = match_all([self.queries[place][1] for place in together], self.index, self.threshold)
        written = {place: self._written(place, matches) for place, matches in zip(together, found, strict=True)}
        seconds = []
        for place in places:
            if place not in written:
                asked = time.perf_counter()
                written[place] = self._written(place, match(self.queries[place][1], self.index, self.threshold))
                seconds.append(time.perf_counter() - asked)
        return Flight([written[place] for place in places], seconds)

    def _written(self, place: int, matches: Sequence[Match]) -> Written:
        return self.write(self.queries[place][0], matches)


def processes_for(queries: int) -> int:
    """How many processes so many queries are worth on this machine; one where none can be forked in safety."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), queries // _WORTH_A_PROCESS))


def answered(bulk: Bulk, processes: int) -> Iterator[Flight]:
    """Every flight of some queries in order. UnavailableError where a process was ended from without."""
    starts = range(0, len(bulk.queries), FLIGHT)
    if processes == 1:
        yield from map(bulk.flight, starts)
        return
    with ProcessPoolExecutor(processes, get_context("fork"), _take, (bulk,)) as pool:
        waiting: deque[Future[Flight]] = deque()
        try:
            for start in starts:
                waiting.append(pool.submit(_flight, start))
                if len(waiting) > _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as problem:
            raise UnavailableError(
                "a process that looked for people was ended before it was done",
                remedy="give the machine more memory, or ask with --processes 1",
            ) from problem


_bulk: Bulk


def _take(bulk: Bulk) -> None:
    # Who stops the command stops the process that the terminal knows, and no other outlives that one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)
    global _bulk  # noqa: PLW0603 - what a forked process has from its parent
    _bulk = bulk


def _flight(start: int) -> Flight:
    return _bulk.flight(start)
