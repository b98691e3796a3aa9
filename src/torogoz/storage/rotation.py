"""A rotation's note in the home: which keys it makes, so that one that was killed goes on and makes no others.

The note stands from before the first key is made until everything stands under the new ones. What is left to do is told
by the rows, each of which names its key. One rotation runs at a time.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from torogoz.errors import RefusedError
from torogoz.storage.key_checks import next_number
from torogoz.storage.keys import USES, Keyring, make_key, publish, sync_folder

if TYPE_CHECKING:
    from pathlib import Path

    from torogoz.storage.home import Home


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Hold the folder of keys; RefusedError where another rotation or retirement holds it."""
    descriptor = os.open(home.keys, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError("somebody else rotates or deletes keys", remedy="wait until that is done") from None
        yield
    finally:
        os.close(descriptor)


def underway(home: Home) -> list[str]:
    """The ids of the keys that a rotation which did not end was to make."""
    note = _note(home)
    return note.read_text().split() if note.exists() else []


def begin(home: Home, uses: Collection[str], keys: Keyring) -> list[str]:
    """Note the keys to be made, those of a rotation that did not end among them, and make what is not made yet."""
    wanted = underway(home)
    noted = {key_id.rpartition("-")[0] for key_id in wanted}
    wanted += [f"{use}-{next_number(use, keys)}" for use in USES if use in uses and use not in noted]
    half = _note(home).with_suffix(".half")
    half.write_text("\n".join(wanted))
    with half.open() as file:
        os.fsync(file.fileno())
    half.rename(_note(home))
    sync_folder(home.keys)
    for key_id in wanted:
        if keys.find(key_id) is None:
            use, _, number = key_id.rpartition("-")
            make_key(home, use, int(number))
    publish(home)
    return wanted


def end(home: Home) -> None:
    """Take the note away."""
    _note(home).unlink(missing_ok=True)
    sync_folder(home.keys)


def _note(home: Home) -> Path:
    return home.keys / "rotation"
