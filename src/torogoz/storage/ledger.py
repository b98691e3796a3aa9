"""The ledger: what was purged and what lists have dropped, by number, outside the database that it speaks of.

A restored database is older than the ledger, and brings back what went since. `flow.reapply` reads the ledger and makes
it go again before a door opens. It holds numbers of rows and nothing of whom they were about.

One file a year below `HOME/ledger`, one JSON object a line, appended and made durable before the transaction that
deletes commits; a second line says that it did. A line without its second one is of a transaction that a crash cut off:
`settle` looks whether the rows are there, and until then the line counts as done.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from torogoz.domain.audit import AuditNumber
from torogoz.storage.home import Home

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
#: A line younger than this may belong to a transaction that is still open.
OPEN_FOR = timedelta(hours=1)

#: What the audit calls the ledger's kinds; a class of data, or several, is a part of a record.
_TOLD = {"traveller": AuditNumber.RECORDS, "entry": AuditNumber.ENTRIES, "delisted": AuditNumber.REMOVED}

#: kind of row → numbers.
Numbers = Mapping[str, Sequence[int]]


@dataclass(slots=True)
class Written:
    """What the ledger says: what was purged, by kind; when each entry of a list was dropped; and what is unsettled."""

    purged: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    delisted: dict[int, datetime] = field(default_factory=dict)
    unsettled: dict[str, tuple[datetime, dict[str, list[int]]]] = field(default_factory=dict)
    highest: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def intend(what: str, numbers: Numbers, at: datetime, *, run: int | None = None) -> str:
    """Write down what is about to go, durably; give the token with which `done` says that it has gone."""
    token = secrets.token_hex(8)
    _append(
        {"at": at.isoformat(), what: {kind: list(each) for kind, each in numbers.items()}, "run": run, "token": token}
    )
    return token


def done(token: str, at: datetime) -> None:
    """Say that what was intended has gone."""
    _append({"at": at.isoformat(), "done": token})


def undone(token: str, kept: Numbers, at: datetime) -> None:
    """Say that of what was intended these are still there."""
    _append({"at": at.isoformat(), "undone": token, "kept": {kind: list(each) for kind, each in kept.items()}})


def read(folder: Path | None = None) -> Written:
    """Everything that the ledger says."""
    written = Written()
    for line in _lines(folder or Home.current().ledger):
        if "token" in line:
            _hear(written, line)
        elif "done" in line:
            written.unsettled.pop(line["done"], None)
        else:
            written.unsettled.pop(line["undone"], None)
            for kind, kept in line["kept"].items():
                written.purged[kind].difference_update(kept)
                if kind == "delisted":
                    for number in kept:
                        written.delisted.pop(number, None)
    return written


def told(numbers: Mapping[str, int]) -> dict[str, int]:
    """Counts by the ledger's kinds, as the audit names them (`domain.audit.AuditNumber`)."""
    counts = Counter[str]()
    for kind, number in numbers.items():
        counts[_TOLD.get(kind, AuditNumber.PARTS)] += number
    return dict(counts)


def of_run(run: int, folder: Path | None = None) -> dict[str, list[int]]:
    """What one run has purged, by kind, in order."""
    found: dict[str, set[int]] = defaultdict(set)
    tokens: set[str] = set()
    for line in _lines(folder or Home.current().ledger):
        if line.get("run") == run and "purged" in line:
            tokens.add(line["token"])
            for kind, numbers in line["purged"].items():
                found[kind].update(numbers)
        elif line.get("undone") in tokens:
            for kind, kept in line["kept"].items():
                found[kind].difference_update(kept)
    return {kind: sorted(numbers) for kind, numbers in sorted(found.items()) if numbers}


def _hear(written: Written, line: dict[str, Any]) -> None:
    at = datetime.fromisoformat(line["at"])
    written.unsettled[line["token"]] = (at, line.get("purged") or {"delisted": line["delisted"]["entry"]})
    for kind, numbers in line.get("purged", {}).items():
        written.purged[kind].update(numbers)
    for number in line.get("delisted", {}).get("entry", ()):
        written.delisted[number] = at
    for kind, numbers in {**line.get("purged", {}), **line.get("delisted", {})}.items():
        written.highest[kind] = max(written.highest[kind], *numbers, 0)


def _lines(folder: Path) -> Iterator[dict[str, Any]]:
    """Every whole line, the oldest first. One that a crash cut off was never durable, and nothing went by it."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="ascii") as file:
            for text in file:
                if text.endswith("\n"):
                    yield json.loads(text)


def _append(line: Mapping[str, object]) -> None:
    folder = Home.current().ledger
    folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    path = folder / f"{str(line['at'])[:4]}.jsonl"
    fresh = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _PRIVATE_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        _end_line(descriptor)
        _write(descriptor, (json.dumps(line, separators=(",", ":")) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if fresh:
        _sync(folder)


def _end_line(descriptor: int) -> None:
    """Take away a line that a crash has cut off: nothing went by it."""
    size = os.fstat(descriptor).st_size
    if size and os.pread(descriptor, 1, size - 1) != b"\n":
        whole = os.pread(descriptor, size, 0).rfind(b"\n") + 1
        os.ftruncate(descriptor, whole)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
