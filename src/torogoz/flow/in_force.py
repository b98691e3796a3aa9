"""In force: the lists that travellers are compared with, made ready once for every process, and kept up with changes.

Takes: the day, and the lists as they stand in the database.
Gives: each list by purpose, ready to be asked. The first process that needs a list makes it ready and shares it in
  memory; the others map it. Entries that come or go are laid over what is ready, at once, and answer as if the list had
  been made anew; with more of them than `MOST_LAID_OVER` it is.
Refuses: nothing. Where nothing can be shared, each process makes its own.
Records: nothing
Legal ground: LR-35 (registered lists, kept current), LR-71 (an entry lapses by itself; its removal spreads at once).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry
from torogoz.errors import OurError
from torogoz.flow.kernels import version as code_version
from torogoz.matching import ListIndex, build
from torogoz.screening import ListInForce
from torogoz.storage import shared_lists
from torogoz.storage.list_states import ListState, changes, entries_of, list_states, purposes_of

#: With more entries that came or went a list is made ready anew: until then each of them is looked at once more.
MOST_LAID_OVER = 1_000


@dataclass(frozen=True, slots=True)
class _Ready:
    """A list as it was made ready, and as it is with what was laid over that."""

    made: ListState
    indexes: Mapping[Purpose, ListIndex]
    state: ListState
    lists: tuple[ListInForce, ...]


class ListsInForce:
    """What one process holds ready. One thread at a time makes anything ready; the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[int, _Ready] = {}

    def get(self, today: date) -> tuple[ListInForce, ...]:
        """Every list in force, by purpose, in a fixed order."""
        with self._lock:
            states = list_states(today)
            if self._held.keys() - {state.id for state in states}:
                shared_lists.keep_only(frozenset(state.id for state in states))
            self._held = {state.id: _brought_up(self._held.get(state.id), state) for state in states}
            return tuple(one for ready in self._held.values() for one in ready.lists)


def _brought_up(held: _Ready | None, state: ListState) -> _Ready:
    """A list in this state: as it is held, as another process has made it, or made ready."""
    if held and held.state == state:
        return held
    if held and (ready := _laid_over(held.made, held.indexes, state)):
        return ready
    code = code_version()
    with shared_lists.turn(state.id):
        shared = _opened(state, code)
        if shared and (ready := _laid_over(*shared, state)):
            return ready
        made = {purpose: build(entries_of(state, purpose)) for purpose in purposes_of(state)}
        shared_lists.keep(state, code, {purpose: index.parts() for purpose, index in made.items()})
        # Mapped from now on, so that what this process made of it is not in memory twice.
        return _ready(*(_opened(state, code) or (state, made)), state)


def _opened(state: ListState, code: str) -> tuple[ListState, dict[Purpose, ListIndex]] | None:
    shared = shared_lists.find(state, code)
    if shared is None:
        return None
    try:
        return shared.state, {purpose: ListIndex.of(parts) for purpose, parts in shared.arrays.items()}
    except OurError:  # of another format, or damaged: it is made again
        return None


def _laid_over(made: ListState, indexes: Mapping[Purpose, ListIndex], state: ListState) -> _Ready | None:
    """A list that was made ready, with what has changed since; None where that is too much, or cannot be told."""
    change = changes(made, state, MOST_LAID_OVER)
    if change is None:
        return None
    added: dict[Purpose, list[Entry]] = {}
    for entry in change.added:
        if entry.terms:
            added.setdefault(entry.terms.purpose, []).append(entry)
    if not added.keys() <= indexes.keys():
        return None
    if not added and not change.removed:
        return _ready(made, indexes, state)
    now = {purpose: index.with_changes(added.get(purpose, ()), change.removed) for purpose, index in indexes.items()}
    return _Ready(made, indexes, state, _by_purpose(state, now))


def _ready(made: ListState, indexes: Mapping[Purpose, ListIndex], state: ListState) -> _Ready:
    return _Ready(made, indexes, state, _by_purpose(state, indexes))


def _by_purpose(state: ListState, indexes: Mapping[Purpose, ListIndex]) -> tuple[ListInForce, ...]:
    return tuple(ListInForce(state.name, state.version, purpose, index) for purpose, index in sorted(indexes.items()))
