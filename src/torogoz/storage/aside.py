"""Aside: rows without number, kept out of memory until they are wanted, and readable to this process alone.

What is put aside stands in a file without a name, in pieces sealed with AES-256-GCM under a key that was never written
anywhere. So a process that dies leaves nothing: the system gives the room back, and what stands on the disk opens to
nobody. UnavailableError where the disk is full.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, Self, TypeVar

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from torogoz.errors import UnavailableError

#: So many rows are sealed together.
_PIECE = 1000
_NONCE = 12

Row = TypeVar("Row")


class Aside(Generic[Row]):
    """Rows of one kind, in the order in which they were put aside; `folder` is where the file is, until it is left."""

    def __init__(self, kind: type[Row], folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - open as long as this is
        self._cipher = AESGCM(os.urandom(32))
        self._encoder, self._decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[kind])  # type: ignore[valid-type]
        self._sealed: list[tuple[int, int]] = []
        self._open: list[Row] = []
        self._length = 0

    def __enter__(self) -> Self:
        """Keep the file open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        self._file.close()

    def put(self, row: Row) -> None:
        """Put a row aside."""
        self._open.append(row)
        self._length += 1
        if len(self._open) >= _PIECE:
            self._seal()

    def __len__(self) -> int:
        """How many there are."""
        return self._length

    def __iter__(self) -> Iterator[Row]:
        """All of them, as often as asked."""
        for number, (start, length) in enumerate(self._sealed):
            self._file.seek(start)
            yield from self._decoder.decode(self._cipher.decrypt(_nonce(number), self._file.read(length), None))
        yield from self._open

    def _seal(self) -> None:
        sealed = self._cipher.encrypt(_nonce(len(self._sealed)), self._encoder.encode(self._open), None)
        try:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(sealed)
        except OSError as problem:
            raise UnavailableError("the disk has no room for what is read", remedy="make room, then again") from problem
        self._sealed.append((start, len(sealed)))
        self._open = []


def _nonce(number: int) -> bytes:
    """Each piece has its own, and each file its own key."""
    return number.to_bytes(_NONCE, "big")
