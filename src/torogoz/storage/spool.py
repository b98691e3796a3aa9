"""The spool: a folder into which messages are dropped, and out of which they are taken once they are whole.

A writer writes elsewhere and renames into the spool; one who writes in place is waited for until the file has been
still for a moment. Hidden files and those that end in `.tmp` or `.part` are still being written. A file that was taken
leaves its name in `done/` or `refused/` with a receipt in place of its content: the bytes are sealed in the database,
and a copy in clear beside it would outlive every retention (LR-23, design §2; docs/decisions).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

_STILL = timedelta(milliseconds=250)
_UNFINISHED = (".tmp", ".part")
_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder and its two outcomes."""

    folder: Path

    def make(self) -> None:
        """Make the folders where they are missing."""
        for folder in (self.folder, self._outcome(refused=False), self._outcome(refused=True)):
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)

    def ready(self, now: datetime) -> Iterator[Path]:
        """The files that are whole, in the order of their names."""
        latest = (now - _STILL).timestamp()
        for path in sorted(self.folder.iterdir()):
            whole = path.is_file() and not path.name.startswith(".") and not path.name.endswith(_UNFINISHED)
            if whole and path.stat().st_mtime <= latest:
                yield path

    def take(self, path: Path, receipt: dict[str, object], *, refused: bool) -> None:
        """Put a receipt in the place of a file that was received, and remove the file."""
        target = _free(self._outcome(refused=refused) / path.name)
        half = target.with_name(f".{target.name}.tmp")
        half.write_text(json.dumps(receipt) + "\n")
        half.replace(target)
        path.unlink()

    def _outcome(self, *, refused: bool) -> Path:
        return self.folder / ("refused" if refused else "done")


def _free(path: Path) -> Path:
    """A name that is not taken: the same file name may come every day."""
    count = 1
    free = path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.name}.{count}")
    return free
