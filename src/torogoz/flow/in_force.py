"""In force: the lists that travellers are compared with, made ready once for every process, and kept up with changes.

Takes: the day, and the lists as they stand in the database.
Gives: each list by purpose, ready to be asked. The first process that needs a list makes it ready and shares it in
  memory; the others map it. Entries that come or go are laid over what is ready, at once, and answer as if the list had
  been made anew; with more of them than `MOST_LAID_OVER` it is made anew, beside. Until then what is held answers on,
  without those who have left the list and with the few who came since, and says that it is behind.
Refuses: nothing. A process that holds nothing of a list, or can no longer tell who left it, waits until it is ready.
  Where nothing can be shared, each process makes its own.
Records: nothing
Legal ground: LR-35 (registered lists, kept current), LR-71 (an entry lapses by itself; its removal spreads at once).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry
from torogoz.flow.make_ready import Made, Making, make_beside, make_ready, shared
from torogoz.matching import ListIndex, build
from torogoz.screening import ListInForce
from torogoz.storage import shared_lists
from torogoz.storage.list_states import ListChanges, ListState, changes, left, list_states

#: With more entries that came or went a list is made ready anew: until then each of them is looked at once more.
MOST_LAID_OVER = 1_000


@dataclass(frozen=True, slots=True)
class _Held:
    """A list as it was made ready, and as it is in a state with what was laid over that.

    Where it is `behind`, its entries are those of version `answers`, but for those who left since and those who came
    `later`, by the version that brought them.
    """

    made: Made
    state: ListState
    indexes: Mapping[Purpose, ListIndex]
    answers: int
    later: Mapping[str, int] = field(default_factory=dict)
    behind: bool = False

    def lists(self) -> Iterator[ListInForce]:
        """It by purpose, in a fixed order."""
        for purpose, index in sorted(self.indexes.items()):
            yield ListInForce(self.state.name, self.answers, purpose, index, self.later)


class ListsInForce:
    """What one process holds ready. One thread at a time brings anything up to date; the others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[int, _Held] = {}
        self._making: dict[int, Making] = {}

    def get(self, today: date) -> tuple[ListInForce, ...]:
        """Every list in force, by purpose, in a fixed order."""
        with self._lock:
            states = list_states(today)
            if self._held.keys() - {state.id for state in states}:
                shared_lists.keep_only(frozenset(state.id for state in states))
            self._held = {state.id: self._brought_up(self._held.get(state.id), state) for state in states}
            return tuple(one for held in self._held.values() for one in held.lists())

    @property
    def behind(self) -> bool:
        """Whether a list answers as it was before its newest version, while that is made ready."""
        return any(held.behind for held in self._held.values())

    @property
    def news(self) -> bool:
        """Whether a list that was made ready beside waits to be taken up."""
        return any(making.done.is_set() for making in self._making.values())

    def _brought_up(self, held: _Held | None, state: ListState) -> _Held:
        """A list in this state: as it is held, as it was made ready meanwhile, or as it is made ready now."""
        making = self._making.get(state.id)
        done = making is not None and making.done.is_set()
        if held and held.state == state and not done:
            return held
        if held and not held.behind and (ready := _laid_over(held.made, state)):
            return ready
        if done:
            del self._making[state.id]
        for made in (making.made if making and done else None, shared(state)):
            if made and (ready := _laid_over(made, state)):
                return ready
        failed = making is not None and done and making.made is None
        if held and not failed and (behind := _behind(held, state)):
            if state.id not in self._making:
                self._making[state.id] = make_beside(state, lambda made: _is_near(made, state))
                return self._brought_up(behind, state)  # where it was made at once
            return behind
        made = make_ready(state, lambda made: _is_near(made, state))
        return _laid_over(made, state) or _Held(made, made.state, made.indexes, made.state.version)


def _is_near(made: Made, state: ListState) -> bool:
    return changes(made.state, state, MOST_LAID_OVER) is not None


def _laid_over(made: Made, state: ListState) -> _Held | None:
    """A list that was made ready, with what has changed since; None where that is too much, or cannot be told."""
    change = changes(made.state, state, MOST_LAID_OVER)
    if change is None:
        return None
    return _Held(made, state, _with(made.indexes, change), state.version)


def _behind(held: _Held, state: ListState) -> _Held | None:
    """What is held of a list, asked on while that is made anew; None where who has left it can no longer be told.

    With few changes since it was last brought up to date it answers as the list does now. With many it answers as
    before, but for those who have left: whom the new version changes, it still knows as they were.
    """
    change = changes(held.state, state, MOST_LAID_OVER)
    if change is None:
        gone = left(held.state, state)
        if gone is None:
            return None
        indexes = {purpose: index.but(gone) for purpose, index in held.indexes.items()} if gone else held.indexes
        return replace(held, state=state, indexes=indexes, behind=True)
    indexes = _with(held.indexes, change)
    if not held.behind:
        return replace(held, state=state, indexes=indexes, answers=state.version)
    later = {**held.later, **dict.fromkeys((entry.id for entry in change.added), state.version)}
    return replace(held, state=state, indexes=indexes, later=later)


def _with(indexes: Mapping[Purpose, ListIndex], change: ListChanges) -> Mapping[Purpose, ListIndex]:
    """Indexes with few changes; a purpose that is new to the list has an index of those who came."""
    if not change.added and not change.removed:
        return indexes
    added: dict[Purpose, list[Entry]] = {}
    for entry in change.added:
        if entry.terms:
            added.setdefault(entry.terms.purpose, []).append(entry)
    changed = {each: index.with_changes(added.pop(each, ()), change.removed) for each, index in indexes.items()}
    return changed | {each: build(entries) for each, entries in added.items()}
