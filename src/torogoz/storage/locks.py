"""Files that a process holds while it lives: the system lets go of them however the process ends (flock)."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

_PRIVATE = 0o600
#: The files that this process holds. They are never closed: closing is letting go.
_held: dict[Path, int] = {}


def hold(path: Path) -> bool:
    """Hold a file, made where it is missing, until this process ends; False where another process holds it."""
    if path in _held:
        return True
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return False
    _held[path] = file
    return True
