"""Our own matcher at work: built once, asked one by one and by flights, in one process or in several.

Several processes share nothing: each makes the list, builds its index, and answers its part of the travellers from a
moment on that all wait for. Peak memory is that of a process that made the list as Python objects and indexed it.

Kernels are warm in every process before a clock starts, as they are before a service is ready: no time of building or
asking holds their compiling.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Any

from torogoz.bench.watchlist.travellers import Asked, crowd, strangers
from torogoz.domain.watchlist import Entry
from torogoz.errors import OurError
from torogoz.flow.kernels import warm
from torogoz.matching import ListIndex, Match, Query, brute_force, build, match, match_all

FLIGHT = 300
_WARM = 50

#: What was found for a traveller: entry and probability, and whether it was raised by a document.
Found = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What to do; `verify` answers are held against brute force."""

    seed: int
    entries: int
    queries: int
    threshold: float
    verify: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Travellers answered between two moments of the machine's monotonic clock, and the seconds of each call."""

    travellers: int
    started: float
    ended: float
    calls: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process did: its list, who was asked and what was found for them, and how long everything took."""

    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...]
    found: tuple[Found, ...]
    build_s: float
    singly: Span
    flights: Span
    peak_rss_mb: float


def run(task: Task, part: int = 0, parts: int = 1, wait: Callable[[], Any] = lambda: None) -> Ran:
    """Build, warm up, ask; half of the travellers by flights. Before each half, `wait` for others."""
    warm()
    made = crowd(task.seed, task.entries, task.queries)
    asked = made.asked[part::parts]
    started = time.perf_counter()
    index = build(made.entries)
    build_s = time.perf_counter() - started
    gc.freeze()
    for query in islice(strangers(task.seed + 1), _WARM):
        match(query, index, task.threshold)
    half = (len(asked) + 1) // 2
    wait()
    found, singly = _singly(asked[:half], index, task.threshold)
    wait()
    more, flights = _by_flights(asked[half:], index, task.threshold)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    verify([one.query for one in asked[: task.verify]], index, task.threshold)
    return Ran(made.entries, asked, (*found, *more), build_s, singly, flights, peak)


def figures(rans: Sequence[Ran]) -> dict[str, float]:
    """The figures of processes that worked at the same time: rates are of all, times of a call the worst process's.

    `queries_per_s` is the rate by flights, as screening asks; `alone_queries_per_s`, `p50_ms` and `p99_ms` are of
    travellers one by one.
    """
    flights = [ran.flights for ran in rans]
    shown = {
        "queries_per_s": _rate(flights),
        "alone_queries_per_s": _rate([ran.singly for ran in rans]),
        "p50_ms": max(quantile(ran.singly.calls, 0.5) for ran in rans) * 1000,
        "p99_ms": max(quantile(ran.singly.calls, 0.99) for ran in rans) * 1000,
        "build_s": max(ran.build_s for ran in rans),
        "peak_rss_mb": max(ran.peak_rss_mb for ran in rans),
    }
    if any(span.calls for span in flights):
        shown["flight_300_p50_ms"] = max(quantile(span.calls, 0.5) for span in flights) * 1000
        shown["flight_300_p99_ms"] = max(quantile(span.calls, 0.99) for span in flights) * 1000
    return shown


def in_processes(task: Task, count: int) -> dict[str, float]:
    """The figures of so many fresh processes at work together."""
    context = get_context("spawn")
    barrier = context.Barrier(count)
    with ProcessPoolExecutor(count, mp_context=context, initializer=_meet_at, initargs=(barrier,)) as pool:
        return figures(list(pool.map(_run_part, [(task, part, count) for part in range(count)])))


def verify(queries: Sequence[Query], index: ListIndex, threshold: float) -> None:
    """Hold answers against brute force, and those of a whole flight against those one by one; refuse a difference."""
    singly = [match(query, index, threshold) for query in queries]
    differing = sum(brute_force(query, index, threshold) != one for query, one in zip(queries, singly, strict=True))
    if differing:
        raise OurError(f"{differing} of {len(queries)} answers differ from brute force")
    if list(match_all(queries, index, threshold)) != singly:
        raise OurError("a flight's answers differ from those one by one")


def asked_for(queries: Sequence[Query], index: ListIndex, threshold: float) -> list[Found]:
    """What is kept of everybody's answer."""
    return [
        brief(answer)
        for place in range(0, len(queries), FLIGHT)
        for answer in match_all(queries[place : place + FLIGHT], index, threshold)
    ]


def quantile(seconds: Sequence[float], share: float) -> float:
    """The time within which this share of the calls was answered; 0 where there was none."""
    return sorted(seconds)[min(int(share * len(seconds)), len(seconds) - 1)] if seconds else 0.0


def brief(matches: Sequence[Match]) -> Found:
    """What is kept of an answer; an exact document raises whatever the probability."""
    return tuple((one.entry.id, 1.0 if one.exact_document else one.probability) for one in matches)


def _singly(asked: Sequence[Asked], index: ListIndex, threshold: float) -> tuple[list[Found], Span]:
    found, calls, started = [], [], time.monotonic()
    for one in asked:
        begun = time.perf_counter()
        answer = match(one.query, index, threshold)
        calls.append(time.perf_counter() - begun)
        found.append(brief(answer))
    return found, Span(len(asked), started, time.monotonic(), tuple(calls))


def _by_flights(asked: Sequence[Asked], index: ListIndex, threshold: float) -> tuple[list[Found], Span]:
    found: list[Found] = []
    calls, started = [], time.monotonic()
    for place in range(0, len(asked), FLIGHT):
        flight = [one.query for one in asked[place : place + FLIGHT]]
        begun = time.perf_counter()
        answers = match_all(flight, index, threshold)
        # The last flight may be smaller, and is no measure of one.
        if len(flight) == FLIGHT:
            calls.append(time.perf_counter() - begun)
        found += map(brief, answers)
    return found, Span(len(asked), started, time.monotonic(), tuple(calls))


def _rate(spans: Sequence[Span]) -> float:
    took = max(span.ended for span in spans) - min(span.started for span in spans)
    return sum(span.travellers for span in spans) / max(took, 1e-9)


_barrier: Any = None


def _meet_at(barrier: Any) -> None:
    global _barrier  # noqa: PLW0603 - a barrier reaches a pool's processes only when they start
    _barrier = barrier


def _run_part(given: tuple[Task, int, int]) -> Ran:
    task, part, parts = given
    ran = run(task, part, parts, _barrier.wait)
    # What is not a figure stays here: a million entries need not travel between processes.
    return Ran((), (), (), ran.build_s, ran.singly, ran.flights, ran.peak_rss_mb)
