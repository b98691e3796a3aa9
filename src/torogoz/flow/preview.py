"""Preview: what a file is about to change of a list in force, for somebody at the terminal who may still say no.

Takes: the list, and the change before it is made.
Gives: how many entries come, change and go, and the first of each by their ids; of those that change the columns, never
  the values: a terminal may be recorded. Who must see the values lets the change wait (flow/waiting.py).
Refuses: nothing.
Records: nothing; the import records what it did, or that it was refused.
Legal ground: LR-35 (lists are kept current, not overwritten unseen), LR-71.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from torogoz.domain.watchlist import cells_of
from torogoz.flow.list_versions import Change, Entered
from torogoz.storage.keys import keyring
from torogoz.storage.models import WatchlistEntry
from torogoz.storage.snapshots import decode_entry, open_entry

#: So many entries of each kind are named.
NAMED = 25


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do to a list of which `version` is in force; the first entries of each kind are named."""

    list: str
    version: int
    added: int
    changed: int
    removed: int
    unchanged: int
    new: tuple[str, ...]
    differing: tuple[tuple[str, tuple[str, ...]], ...]
    gone: tuple[str, ...]


#: Says whether a change may go live.
Agree = Callable[[Preview], bool]


def preview(name: str, version: int, change: Change, entered: Iterable[Entered]) -> Preview:
    """Look at a change before it is made; `entered` is what comes, in the order of the file."""
    new: list[Entered] = []
    replacing: list[Entered] = []
    for each in entered:
        kind = new if each.replaces is None else replacing
        if len(kind) < NAMED:
            kind.append(each)
        elif len(new) == len(replacing) == NAMED:
            break
    gone = WatchlistEntry.objects.filter(pk__in=change.removed[:NAMED]).order_by("key")
    return Preview(
        name,
        version,
        change.added,
        len(change.replaced),
        len(change.removed),
        change.unchanged,
        tuple(each.key for each in new),
        tuple(_differing(replacing)),
        tuple(gone.values_list("key", flat=True)),
    )


def _differing(replacing: list[Entered]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Of each entry that changes, the columns of a list file in which it does."""
    rows, keys = WatchlistEntry.objects.in_bulk([each.replaces for each in replacing]), keyring()
    for each in replacing:
        before = cells_of(open_entry(rows[each.replaces], keys))
        after = cells_of(replace(decode_entry(each.plain), terms=each.terms))
        yield each.key, tuple(column for column in after if after[column] != before[column])
