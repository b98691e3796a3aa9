"""Sealing large files, a piece at a time: what does not fit into memory stays as it was written, or does not open.

A file begins with a line that names its key and with 32 random bytes, from which and from the key a key of this file
alone is made (HKDF-SHA-256, RFC 5869). Pieces of 1 MiB follow, each sealed with AES-256-GCM; the nonce counts them and
marks the last one (the STREAM construction: Hoang, Reyhanitabar, Rogaway and Vizár 2015). So a piece that is missing,
moved, repeated, cut off or added is found when it is reached: whoever opens a file must not use what was written before
it opened to its end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from torogoz.errors import UnavailableError
from torogoz.storage.keyring import SIZE, Key, Keyring

#: The clear bytes of one piece.
PIECE = 1024 * 1024
_TAG = 16
_SALT = 32
_MARK = b"torogoz sealed file 1, key "
#: The longest first line: the mark, an id and the line's end.
_LINE = len(_MARK) + 32 + 1


class Source(Protocol):
    """What is read: at most as many bytes as asked for, none at its end."""

    def read(self, size: int, /) -> bytes:
        """Give the next bytes."""
        ...


class Target(Protocol):
    """What is written to."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""
        ...


class BrokenFileError(UnavailableError):
    """The sealed file was cut off or changed, or is none."""

    default_remedy = "take another copy of it"


def seal_file(source: Source, target: Target, key: Key) -> None:
    """Seal everything that the source gives into the target, under a key that the first line names."""
    head = _MARK + key.id.encode() + b"\n" + os.urandom(_SALT)
    target.write(head)
    cipher = _cipher(key, head)
    for place, (piece, last) in enumerate(_pieces(source, PIECE)):
        target.write(cipher.encrypt(_nonce(place, last=last), piece, None))


def open_file(source: BinaryIO, target: Target, keys: Keyring) -> None:
    """Open a sealed file into the target. UnavailableError where its key is missing, or it is not whole."""
    line = source.readline(_LINE)
    if not (line.startswith(_MARK) and line.endswith(b"\n")):
        raise BrokenFileError
    head = line + _whole(source, _SALT)
    cipher = _cipher(keys.key(line[len(_MARK) : -1].decode("ascii", "replace")), head)
    for place, (piece, last) in enumerate(_pieces(source, PIECE + _TAG)):
        try:
            target.write(cipher.decrypt(_nonce(place, last=last), piece, None))
        except (InvalidTag, ValueError) as problem:  # the latter where less than a tag is left
            raise BrokenFileError from problem


def _cipher(key: Key, head: bytes) -> AESGCM:
    """The file's own key. It is made of the whole head, so that a head of another file or another key opens nothing."""
    return AESGCM(HKDF(SHA256(), SIZE, salt=head[-_SALT:], info=head).derive(key.secret))


def _nonce(place: int, *, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])


def _pieces(source: Source, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a size, the last one as long as it is, and whether each is the last; at least one."""
    piece = _whole(source, size)
    while True:
        after = _whole(source, size) if len(piece) == size else b""
        yield piece, not after
        if not after:
            return
        piece = after


def _whole(source: Source, size: int) -> bytes:
    """As many bytes as asked for, unless the source ends: a pipe gives less at a time."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
