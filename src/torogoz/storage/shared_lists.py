"""Lists made ready for matching, which the processes of an installation share (`storage.shared_arrays`).

A list stands there in one state, the last one that was made ready; what changed since, each process lays over it. Its
file is named after that state, and after the code that made it: another version of the program makes its own.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from torogoz.domain.purpose import Purpose
from torogoz.storage import shared_arrays
from torogoz.storage.home import Home
from torogoz.storage.list_states import ListState
from torogoz.storage.shared_arrays import PARTIAL, Array, Arrays


@dataclass(frozen=True, slots=True)
class SharedList:
    """A list in the state in which it was made ready, with its arrays by purpose."""

    state: ListState
    arrays: Mapping[Purpose, Mapping[str, Array]]


@contextmanager
def turn(list_id: int) -> Iterator[None]:
    """Wait until no other process makes this list ready, and have the others wait.

    What somebody who died left half-made is removed before and after: memory is not given back by itself.
    """
    place = _place()
    if place is None:
        yield
        return
    file = os.open(place / f"{list_id}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        _sweep(place, list_id)
        try:
            yield
        finally:
            _sweep(place, list_id)
    finally:
        os.close(file)  # which lets go of it


def find(state: ListState, code: str) -> SharedList | None:
    """What is shared of a list, in whichever state; None where nothing is, or another code made it."""
    place = _place()
    for path in sorted(place.glob(f"{state.id}-*-{code}")) if place else ():
        arrays = shared_arrays.shared(path.parent, path.name)
        if arrays is not None:
            return SharedList(_state(path.name, state.name), _by_purpose(arrays))
    return None


def can_share() -> bool:
    """Whether processes can share anything on this machine."""
    return _place() is not None


def keep(state: ListState, code: str, made: Mapping[Purpose, Arrays]) -> bool:
    """Share a list in this state, in the place of any other; False where it cannot be shared."""
    place = _place()
    if place is None:
        return False
    name = f"{state.id}-{state.version}-{state.day:%Y%m%d}-{state.digest}-{code}"
    whole = {f"{purpose}/{part}": array for purpose, parts in made.items() for part, array in parts.items()}
    if not shared_arrays.share(place, name, whole):
        return False
    shared_arrays.remove(place, (path.name for path in place.glob(f"{state.id}-*") if path.name != name))
    return True


def keep_only(lists: frozenset[int]) -> None:
    """Remove whatever is shared of lists that are no more."""
    place = _place()
    if place:
        kept = {str(each) for each in lists}
        shared_arrays.remove(place, (path.name for path in place.glob("*-*") if path.name.split("-")[0] not in kept))


def _sweep(place: Path, list_id: int) -> None:
    shared_arrays.remove(place, (path.name for path in place.glob(f"{list_id}-*{PARTIAL}")))


def _place() -> Path | None:
    return shared_arrays.folder(Home.current())


def _state(file: str, name: str) -> ListState:
    key, version, day, digest, _ = file.split("-")
    return ListState(int(key), name, int(version), digest, date(int(day[:4]), int(day[4:6]), int(day[6:])))


def _by_purpose(arrays: Arrays) -> dict[Purpose, dict[str, Array]]:
    parted: dict[Purpose, dict[str, Array]] = {}
    for key, array in arrays.items():
        purpose, _, part = key.partition("/")
        parted.setdefault(Purpose(purpose), {})[part] = array
    return parted
