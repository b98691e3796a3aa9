"""A backup's file: lines of JSON, deflated and sealed under a `backup` key (storage/sealed_files.py).

The first line says which release wrote it, of which moment it is and which keys its rows need; then come the files of
the home that belong to the database, its rows (storage/dump.py), the ledger, and a last line that counts. Keys are
never in it, nor what waits in the spool, which was not received yet.

The ledger is read last: it must know everything that has gone by then.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from torogoz.errors import AuthorError, UnavailableError
from torogoz.storage.home import Home
from torogoz.storage.keyring import Keyring
from torogoz.storage.keys import sync_folder
from torogoz.storage.sealed_files import BrokenFileError, open_file, seal_file

#: What stands in the home beside the database: read before its rows, and after them.
BEFORE = ("torogoz.toml", "people-are-invented", "audit/heads.jsonl", "certificates/*.json")
AFTER = ("ledger/*.jsonl",)
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_LEVEL = 1  # what is sealed cannot be deflated: more effort gains nothing
_AT_ONCE = 256 * 1024


class Manifest(msgspec.Struct, frozen=True):
    """The first line. `state` is the last migration of each part; `keys` are the ids of those that its rows need."""

    backup: int
    release: str
    made_at: datetime
    state: dict[str, str]
    keys: list[str]


class _File(msgspec.Struct, frozen=True):
    file: str
    content: bytes


class _End(msgspec.Struct, frozen=True):
    rows: int


class Written(NamedTuple):
    """What a backup came to, in rows and bytes."""

    rows: int
    size: int


def write(path: Path, manifest: Manifest, rows: Callable[[], Iterable[bytes]], home: Home, keys: Keyring) -> Written:
    """Write a backup, all of it or nothing. `rows` gives the lines of the tables once everything before is written.

    UnavailableError where the file is there already, or cannot be written.
    """
    if path.exists():
        raise UnavailableError("a file of this name is there already", remedy="name another one")
    half = path.with_name(f".{path.name}.half")
    lines = _Lines(manifest, rows, home)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE), "wb") as file:
            seal_file(_Deflated(lines), file, keys.backup)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    sync_folder(path.parent)
    return Written(lines.rows, path.stat().st_size)


def read(path: Path, keys: Keyring, home: Home | None, take: Callable[[bytes], None] | None) -> Manifest:
    """Give each line of a table to `take`, put the files into the home, and give the first line.

    Where either is None, that is only looked at. Whoever takes lines must undo all of it where this raises, as it may
    at the very end: BrokenFileError where the file was cut off or changed, MissingKeyError where its key is not here,
    and AuthorError where another release wrote it in another form.
    """
    reader = _Reader(home, take)
    with path.open("rb") as file:
        open_file(file, _Inflating(reader.hear), keys)
    return reader.ended()


class _Lines:
    """The lines of a backup, in their order."""

    def __init__(self, manifest: Manifest, rows: Callable[[], Iterable[bytes]], home: Home) -> None:
        self._manifest, self._rows, self._home = manifest, rows, home
        self.rows = 0

    def __iter__(self) -> Iterator[bytes]:
        yield msgspec.json.encode(self._manifest)
        yield from self._files(BEFORE)
        for line in self._rows():
            self.rows += line.startswith(b"[")
            yield line
        yield from self._files(AFTER)
        yield msgspec.json.encode(_End(self.rows))

    def _files(self, patterns: Iterable[str]) -> Iterator[bytes]:
        for pattern in patterns:
            for path in sorted(self._home.path.glob(pattern)):
                yield msgspec.json.encode(_File(path.relative_to(self._home.path).as_posix(), path.read_bytes()))


class _Reader:
    """Hears the lines of a backup, and knows whether they were all."""

    def __init__(self, home: Home | None, take: Callable[[bytes], None] | None) -> None:
        self._home, self._take = home, take
        self._manifest: Manifest | None = None
        self._rows, self._whole = 0, False

    def hear(self, line: bytes) -> None:
        if self._manifest is None:
            self._manifest = _manifest(line)
        elif line.startswith(b'{"file":'):
            self._keep(msgspec.json.decode(line, type=_File))
        elif line.startswith(b'{"rows":'):
            self._whole = msgspec.json.decode(line, type=_End).rows == self._rows
        else:
            self._rows += line.startswith(b"[")
            if self._take:
                self._take(line)

    def ended(self) -> Manifest:
        if self._manifest is None or not self._whole:
            raise BrokenFileError
        return self._manifest

    def _keep(self, file: _File) -> None:
        if self._home and _is_ours(PurePosixPath(file.file)):
            _put(self._home.path / file.file, file.content)


def _is_ours(name: PurePosixPath) -> bool:
    """Whether it is one of the files that a backup holds: nothing else is written, wherever it would lead."""
    patterns = [PurePosixPath(each) for each in (*BEFORE, *AFTER)]
    alike = any(len(name.parts) == len(each.parts) and name.match(str(each)) for each in patterns)
    return alike and ".." not in name.parts


def _manifest(line: bytes) -> Manifest:
    try:
        found = msgspec.json.decode(line, type=Manifest)
    except msgspec.ValidationError:
        found = None
    if found is None or found.backup != 1:
        raise AuthorError(
            "another release wrote this backup in another form", remedy="restore it with that release, then upgrade"
        )
    return found


def _put(path: Path, content: bytes) -> None:
    """Write a file of the home. Settings that are there stay; the ledger that is there keeps what it knows beyond."""
    path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    if path.exists():
        if path.suffix != ".jsonl":
            return
        known = path.read_bytes().splitlines(keepends=True)
        there = set(known)
        content = b"".join([*known, *(line for line in content.splitlines(keepends=True) if line not in there)])
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


class _Deflated:
    """A source that gives lines deflated, as many bytes as asked for."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._parts = self._deflate(lines)
        self._ready = b""

    def read(self, size: int) -> bytes:
        while not self._ready:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._ready = part
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _deflate(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        deflate = zlib.compressobj(_LEVEL)
        for line in lines:
            if part := deflate.compress(line + b"\n"):
                yield part
        yield deflate.flush()


class _Inflating:
    """A target that inflates what is written to it, and tells each line."""

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self._hear = hear
        self._inflate = zlib.decompressobj()
        self._rest = b""

    def write(self, data: bytes) -> int:
        pending = data
        while pending:
            *lines, self._rest = (self._rest + self._inflate.decompress(pending, _AT_ONCE)).split(b"\n")
            for line in lines:
                self._hear(line)
            pending = self._inflate.unconsumed_tail
        return len(data)
