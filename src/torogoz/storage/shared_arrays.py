"""Frozen arrays that the processes of one installation share: in memory, mapped, by name; never on a disk.

A list of a million people made ready for matching is the same in every process, and holds names in clear. So it is
written once, as one file in a folder of the system's memory (tmpfs), private to the account, and mapped read-only by
each. A restart of the machine forgets it; what has taken its place removes it. Where a machine has no such folder, or
the account has no right to it, nothing is shared and each process keeps arrays of its own: a disk never sees them
(design §7: the names of listed people stand sealed on it).

A file is whole or absent: it is written beside its place and renamed. Its first line says what it is; what is not that,
or is cut short, is not opened.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from torogoz.storage.home import Home

#: The system's memory as a folder.
MEMORY = Path("/dev/shm")  # noqa: S108 - private folders of our own below it, checked before use
#: How the name of a file ends that is not whole yet.
PARTIAL = ".partial"
_MAGIC = b"torogoz arrays 1\n"
_ALIGNED = 64
_PRIVATE = 0o700
#: How folders begin, and the file in each that names the home.
_OURS, _HOME = "torogoz-", "home"

Array = NDArray[Any]
Arrays = Mapping[str, Array]


class _Part(msgspec.Struct, frozen=True):
    """Where an array stands in its file."""

    kind: str
    length: int
    start: int


def folder(home: Home, memory: Path = MEMORY) -> Path | None:
    """The folder of an installation's shared arrays, made where it is missing; None where none can be had or trusted.

    Everybody may write where it stands, so that one that another account made, or may enter, is not used.
    """
    whose = home.path.absolute()
    place = memory / f"{_OURS}{sha256(os.fsencode(whose)).hexdigest()[:16]}"
    try:
        if not place.exists():
            _sweep(memory)
            place.mkdir(mode=_PRIVATE)
            (place / _HOME).write_bytes(os.fsencode(whose))
        state = place.lstat()
    except OSError:
        return None
    ours = state.st_uid == os.geteuid() and state.st_mode & 0o077 == 0
    return place if ours and place.is_dir() and not place.is_symlink() else None


def _sweep(memory: Path) -> None:
    """Remove what homes have left that are no more: memory is not given back by itself."""
    for place in memory.glob(f"{_OURS}*"):
        try:
            if not Path(os.fsdecode((place / _HOME).read_bytes())).exists():
                rmtree(place)
        except OSError:  # another account's, or another process removes it
            continue


def share(place: Path, name: str, arrays: Arrays) -> bool:
    """Write arrays under a name; False where there is no room for them."""
    parts, start = {}, 0
    for key, array in arrays.items():
        start = -(-start // _ALIGNED) * _ALIGNED
        parts[key] = _Part(array.dtype.str, array.shape[0], start)
        start += array.nbytes
    head = msgspec.json.encode(parts)
    partial = place / f"{name}.{os.getpid()}{PARTIAL}"
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_MAGIC + len(head).to_bytes(8, "little") + head)
            first = _first(len(head))
            for key, array in arrays.items():
                file.seek(first + parts[key].start)
                file.write(np.ascontiguousarray(array).data)
            file.truncate(first + start)
        partial.rename(place / name)
    except OSError:
        partial.unlink(missing_ok=True)
        return False
    return True


def shared(place: Path, name: str) -> dict[str, Array] | None:
    """The arrays of a name, mapped and read-only; None where there is no such file, or it is not one of ours."""
    try:
        with (place / name).open("rb") as file:
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # missing, or empty
        return None
    try:
        return _arrays(whole)
    except (ValueError, TypeError, msgspec.DecodeError, msgspec.ValidationError):
        return None


def remove(place: Path, names: Iterable[str]) -> None:
    """Remove what is no longer asked for. A process that has mapped it keeps it until it lets go."""
    for name in names:
        (place / name).unlink(missing_ok=True)


def _arrays(whole: mmap.mmap) -> dict[str, Array]:
    size = len(_MAGIC)
    if whole[:size] != _MAGIC:
        raise ValueError("not a file of shared arrays")
    length = int.from_bytes(whole[size : size + 8], "little")
    parts = msgspec.json.decode(whole[size + 8 : size + 8 + length], type=dict[str, _Part])
    first = _first(length)
    return {
        key: np.frombuffer(whole, np.dtype(part.kind), part.length, first + part.start) for key, part in parts.items()
    }


def _first(head: int) -> int:
    """Where the first array begins behind a head of so many bytes."""
    return -(-(len(_MAGIC) + 8 + head) // _ALIGNED) * _ALIGNED
