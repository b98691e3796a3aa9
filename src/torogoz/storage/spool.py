"""The spool: a folder into which messages are dropped, and out of which they are taken once they are whole.

A writer writes elsewhere and renames into the spool; one who writes in place is waited for until the file has been
still for a moment. Hidden files and those that end in `.tmp` or `.part` are still being written; links, pipes and
folders are no messages. A file that was taken leaves its name in `done/` or `refused/` with a receipt in place of its
content: the bytes are sealed in the database, and a copy in clear beside it would outlive every retention (LR-23,
design §2; docs/decisions). What a sender is told of a file stands in `acknowledged/`.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from torogoz.storage.locks import hold

_STILL = timedelta(milliseconds=250)
_UNFINISHED = (".tmp", ".part")
_PRIVATE, _FOR_THE_GROUP = 0o700, 0o750
#: A file system's names have 255 bytes at most; this leaves room for a number.
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it was found: one that is written anew under its name is another. It came here by `came_ns`."""

    path: Path
    inode: int
    size: int
    written_ns: int
    came_ns: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Spool:
    """A folder and its two outcomes."""

    folder: Path

    def make(self) -> None:
        """Make the folders where they are missing."""
        for folder in (self.folder, self._outcome(refused=False), self._outcome(refused=True)):
            folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)

    def sweeper(self) -> bool:
        """Whether this process is the one that takes files out of here: the first to ask, for as long as it lives."""
        return hold(self.folder / ".sweeper")

    def ready(self, now: datetime) -> Iterator[Found]:
        """The files that are whole, in the order of their names."""
        latest = (now - _STILL).timestamp()
        for path in sorted(self.folder.iterdir()):
            if not path.name.startswith(".") and not path.name.endswith(_UNFINISHED):
                found = _find(path, latest)
                if found:
                    yield found

    def take(self, path: Path, receipt: dict[str, object], *, refused: bool) -> None:
        """Put a receipt in the place of a file that was received, and remove the file.

        OSError where one of the two cannot be done: then neither is, so that trying again leaves no second receipt.
        """
        target = _free(self._outcome(refused=refused) / path.name)
        half = target.with_name(".receipt.tmp")
        half.write_text(json.dumps(receipt) + "\n")
        half.replace(target)
        try:
            path.unlink()
        except OSError:
            target.unlink()
            raise

    def tell(self, name: str, number: int, body: bytes) -> None:
        """Put what its sender is told of a file where whoever brought it may read it: once for each receipt's number.

        The folder is made when there is something to tell. The umask says who may read it: its group, or nobody.
        """
        folder = self.folder / "acknowledged"
        folder.mkdir(mode=_FOR_THE_GROUP, exist_ok=True)
        half = folder / ".acknowledgement.tmp"
        half.write_bytes(body)
        half.replace(folder / f"{_short(name)}.{number}")

    def _outcome(self, *, refused: bool) -> Path:
        return self.folder / ("refused" if refused else "done")


def _find(path: Path, latest: float) -> Found | None:
    """The file, and no link to one, that was last written by then; None where its writer took it away."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_mtime > latest:
        return None
    return Found(path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _free(path: Path) -> Path:
    """A name that is not taken: the same file name may come every day."""
    count = 1
    free = path
    while free.exists():
        count += 1
        free = path.with_name(f"{_short(path.name)}.{count}")
    return free


def _short(name: str) -> str:
    """As much of a name as leaves room for a number."""
    return os.fsdecode(os.fsencode(name)[:_LONGEST])
