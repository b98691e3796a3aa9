"""What was answered by the fall-back while the database could not be written: kept beside it, and brought in later.

A line holds a moment, the number of a delivery and of travellers, and nothing of anybody.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from threading import Lock

from torogoz.storage.home import Home

_NAME = "fallbacks"
_lock = Lock()


def note_fall_back(now: datetime, delivery: int | None, travellers: int) -> None:
    """Write one line, lasting before whoever asked is answered."""
    with _lock, _paths()[0].open("a", encoding="ascii") as file:
        file.write(f"{now.isoformat()} {delivery or 0} {travellers}\n")
        file.flush()
        os.fsync(file.fileno())


def taken_fall_backs() -> list[tuple[datetime, int | None, int]]:
    """The lines written so far, set apart from those that come; forget them once they are committed elsewhere.

    A crash between the two brings them again: better twice than never.
    """
    path, taken = _paths()
    if not taken.exists():
        if not path.exists():
            return []
        with _lock:
            path.replace(taken)
    lines = (line.split() for line in taken.read_text(encoding="ascii").splitlines())
    return [(datetime.fromisoformat(moment), int(delivery) or None, int(number)) for moment, delivery, number in lines]


def forget_fall_backs() -> None:
    """Drop the lines that were set apart."""
    _paths()[1].unlink(missing_ok=True)


def _paths() -> tuple[Path, Path]:
    path = Home.current().path / _NAME
    return path, path.with_name(f"{_NAME}.taken")
