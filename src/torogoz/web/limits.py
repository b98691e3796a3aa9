"""How long a client may take to send, and how often it may ask: so many at once, and so many a second from then on.

By the generic cell rate algorithm (ITU-T I.371) each client costs one number in memory, and each question one look at
it. Counts are those of this process; a site that serves with several lets so many times more through.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from django.core.cache import cache

#: A body arrives whole within this time, in seconds: the largest that is taken, over a link of 5 Mbit/s.
BODY_WITHIN = 120.0
#: The head of a request arrives whole within this time of its first byte, in seconds; 16 KiB at most over a slow line.
HEAD_WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second on the average, and so many at once."""

    name: str
    per_second: float
    at_once: int

    @property
    def interval(self) -> float:
        """The seconds between two."""
        return 1 / self.per_second


_lock = Lock()


def take(rate: Rate, client: str, now: float) -> float:
    """Count one; give 0, or the seconds until the next may come, where this one is too many and not counted."""
    with _lock:
        due = max(_due(rate, client), now)
        wait = _wait(rate, due, now)
        if wait == 0:
            cache.set(_key(rate, client), due + rate.interval, timeout=rate.at_once * rate.interval)
    return wait


def look(rate: Rate, client: str, now: float) -> float:
    """The same without counting."""
    return _wait(rate, max(_due(rate, client), now), now)


def _wait(rate: Rate, due: float, now: float) -> float:
    return max(0.0, due - now - (rate.at_once - 1) * rate.interval)


def _due(rate: Rate, client: str) -> float:
    return float(cache.get(_key(rate, client), 0.0))


def _key(rate: Rate, client: str) -> str:
    return f"limits:{rate.name}:{client}"
