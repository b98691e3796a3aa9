"""What waits to change a list: its difference against the list as it is now, and who may answer.

Reviewers look at it, under a purpose that covers each entry's own; what another purpose covers is counted only. Each
look is an audit entry, with how many entries were shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.watchlist import Entry, cells_of
from torogoz.matching.sources.rows import RefusedRow
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import IMPORTERS, READERS, Chosen, Waits, chosen_of, refused_rows, waits
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.models import Watchlist
from torogoz.storage.snapshots import open_entry
from torogoz.storage.waiting import open_waiting, standing_entries, standing_removals, waiting

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.staff import Who
    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import WaitingEntry

#: So many changes are shown at a time: who answers reads each of them, on a telephone too.
PAGE = 25


class ChangeKind(StrEnum):
    """What becomes of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of an entry, as list files name them: before and after, equal or not."""

    column: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it changes."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What becomes of one entry; `row` is the number of the one in force, None where it is new."""

    kind: ChangeKind
    key: str
    row: int | None
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A page of what a waiting change would do.

    `hidden` counts what another purpose covers, `overtaken` what no longer stands because the list has changed since.
    """

    list_id: int
    list_name: str
    told: Waits
    unchanged: int
    overtaken: int
    refused: tuple[RefusedRow, ...]
    chosen: Chosen | None
    changes: tuple[EntryChange, ...]
    number: int
    pages: int
    total: int
    hidden: int
    may_answer: bool
    may_discard: bool


def difference(who: Who, list_id: int, number: int, now: datetime, *, page: int = 1) -> Difference:
    """A page of a waiting change: entries that come or change by key, then those that go. LR-20, LR-71."""
    admit(who, READERS, now, purpose=True)
    lists = visible(Watchlist.objects.filter(pk=list_id), who)
    version = waiting(now).filter(pk=number, watchlist__in=lists).select_related("watchlist", "made_by").first()
    if version is None or who.purpose is None:
        refuse(who, now)
    told, purposes = waits(version), covered_purposes(who.purpose)
    readable = Q(replaces=None) | Q(replaces__purpose__in=purposes)
    entering = standing_entries(version).filter(readable, purpose__in=purposes).select_related("replaces")
    removing = standing_removals(version).filter(entry__purpose__in=purposes)
    coming = entering.count()
    total = coming + removing.count()
    pages = max(1, -(-total // PAGE))
    shown = min(max(1, page), pages)
    start, keys = (shown - 1) * PAGE, keyring()
    changes = [_coming(row, keys) for row in entering[start : start + PAGE]]
    gone = removing[max(0, start - coming) : max(0, start - coming) + PAGE - len(changes)]
    changes += [_change(ChangeKind.REMOVED, row.entry_id, open_entry(row.entry, keys), None) for row in gone]
    record(
        AuditEvent.VIEWED_LISTS,
        now,
        who=who,
        object_type="waiting_version",
        object_id=version.pk,
        counts={"entries": len(changes), "page": shown},
    )
    standing = told.added + told.changed + told.removed
    imports = who.role in IMPORTERS
    return Difference(
        list_id=version.watchlist_id,
        list_name=version.watchlist.name,
        told=told,
        unchanged=version.report["unchanged"],
        overtaken=version.entering.count() + version.removing.count() - standing,
        refused=refused_rows(version.report),
        chosen=chosen_of(version.report),
        changes=tuple(changes),
        number=shown,
        pages=pages,
        total=total,
        hidden=standing - total,
        may_answer=imports and not (version.needs_second and version.made_by_id == who.account),
        may_discard=imports,
    )


def _coming(row: WaitingEntry, keys: Keyring) -> EntryChange:
    before = open_entry(row.replaces, keys) if row.replaces else None
    kind = ChangeKind.CHANGED if before else ChangeKind.ADDED
    return _change(kind, row.replaces_id, before, open_waiting(row, keys))


def _change(kind: ChangeKind, row: int | None, before: Entry | None, after: Entry | None) -> EntryChange:
    was, becomes = (cells_of(each) if each else {} for each in (before, after))
    columns = becomes or was
    cells = tuple(CellChange(each, was.get(each, ""), becomes.get(each, "")) for each in columns if each != "id")
    return EntryChange(kind, columns["id"], row, cells)
