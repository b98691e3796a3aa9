"""Looking for values in the bytes of files: whether anything of what was purged is left on the disk.

A value is looked for as text in UTF-8 and UTF-16, as hexadecimal digits, and as base64 at each of its three alignments,
in the case that is given, in capitals and in small letters. What is compressed or encrypted is not seen through: what
the product compresses it encrypts, too.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.db import connection

from torogoz.storage.home import Home

#: Files are read in pieces of this many bytes, each overlapping the one before.
_PIECE = 64 * 1024 * 1024


def forms(value: str) -> frozenset[bytes]:
    """The bytes as which a value may stand in a file."""
    found: set[bytes] = set()
    for text in (value, value.upper(), value.lower()):
        for plain in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            found |= {plain, plain.hex().encode(), plain.hex().upper().encode()}
            found |= set(_base64(plain))
    return frozenset(form for form in found if form)


def _base64(plain: bytes) -> Iterator[bytes]:
    """What is the same of a value's base64 wherever in a longer text it begins."""
    for before in range(3):
        encoded = b64encode(bytes(before) + plain)
        first = (before * 8 + 5) // 6  # a sign that also holds bits of what stood before is not the value's own
        last = (before + len(plain)) * 8 // 6
        yield encoded[first:last]


def find(values: Sequence[str], files: Iterable[Path]) -> dict[str, list[Path]]:
    """The files in which each value stands; values that stand in none are left out."""
    wanted = {value: forms(value) for value in values}
    longest = max((len(form) for each in wanted.values() for form in each), default=0)
    found: dict[str, list[Path]] = {}
    for path in files:
        here: set[str] = set()
        for piece in _pieces(path, longest):
            here |= {
                value for value, each in wanted.items() if value not in here and any(form in piece for form in each)
            }
        for value in sorted(here):
            found.setdefault(value, []).append(path)
    return found


def _pieces(path: Path, overlap: int) -> Iterator[bytes]:
    before = b""
    try:
        file = path.open("rb")
    except FileNotFoundError:  # a database removes files while they are being listed: what is not there holds nothing
        return
    with file:
        while data := file.read(_PIECE):
            yield before + data
            before = data[-overlap:] if overlap else b""


def files_of_home() -> list[Path]:
    """Every file of the home but the keys."""
    home = Home.current()
    return sorted(path for path in home.path.rglob("*") if path.is_file() and home.keys not in path.parents)


def files_of_database(*, log: bool = False) -> list[Path]:
    """The files of PostgreSQL's tables, or of its write-ahead log, where this account may read them; else none."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        )
        folder, number = cursor.fetchone()
    below = Path(folder) / ("pg_wal" if log else f"base/{number}")
    try:
        return sorted(path for path in below.iterdir() if path.is_file())
    except OSError:
        return []
