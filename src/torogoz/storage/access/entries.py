"""One entry of a list: its terms, who entered it, its versions, what it lacks, and what it has brought.

Reviewers read it under a purpose that covers the entry's own, within their agency and compartments. Each look is an
audit entry. What hits it has brought is counted over all its versions, and names no traveller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.watchlist import Entry, Identifiers, cells_of
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import IMPORTERS, READERS, Waits, waits
from torogoz.storage.access.rules import Review, review_of
from torogoz.storage.access.yields import Yield, yield_of
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.models import Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import open_entry
from torogoz.storage.waiting import waiting

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.domain.staff import Who


@dataclass(frozen=True, slots=True)
class Since:
    """A version of the list: its number, when it came into force, who made it and who put it in force after a look.

    `at` is None where that version is known no more.
    """

    number: int
    at: datetime | None
    by: str
    agreed: str


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """The entry in one form, from one version of its list until another; `changed` differs from the form before."""

    row: int
    since: Since
    until: Since | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry as the list has it now, or had it last. `live` is whether the list holds it, past its review or not."""

    row: int
    list_id: int
    list_name: str
    agency: str
    compartment: str
    entry: Entry
    review: Review
    live: bool
    first: Since
    versions: tuple[EntryVersion, ...]
    has: tuple[tuple[Identifiers, bool], ...]
    brought: Yield
    waits: tuple[Waits, ...]
    may_change: bool

    @property
    def complete(self) -> int:
        """How many of the identifiers it has."""
        return sum(has for _, has in self.has)


def entry(who: Who, list_id: int, row: int, now: datetime) -> ListedEntry:
    """An entry by the number of any of its rows: shown as the newest of them that the asker may read."""
    admit(who, READERS, now, purpose=True)
    watchlist = visible(Watchlist.objects.filter(pk=list_id), who).select_related("agency").first()
    asked = WatchlistEntry.objects.filter(pk=row, watchlist=watchlist).first() if watchlist else None
    if watchlist is None or asked is None or who.purpose is None:
        refuse(who, now)
    covered = covered_purposes(who.purpose)
    rows = list(watchlist.entries.filter(key=asked.key, purpose__in=covered).order_by("-version_from"))
    if not rows:
        refuse(who, now)
    newest, keys = rows[0], keyring()
    record(AuditEvent.VIEWED_LISTS, now, who=who, object_type="watchlist_entry", object_id=newest.pk)
    forms = [open_entry(each, keys) for each in rows]
    numbers = {each.version_from for each in rows} | {each.version_to for each in rows if each.version_to}
    since = _since(watchlist, numbers)
    versions = tuple(
        EntryVersion(
            each.pk,
            since[each.version_from],
            since[each.version_to] if each.version_to else None,
            _changed(before, form) if before else (),
        )
        for each, form, before in zip(rows, forms, [*forms[1:], None], strict=True)
    )
    comes = Q(entering__key=asked.key, entering__purpose__in=covered)
    goes = Q(removing__entry__in=rows, removing__entry__version_to=None)
    change = waiting(now).filter(comes | goes, watchlist=watchlist).distinct()
    live = newest.version_to is None
    return ListedEntry(
        row=newest.pk,
        list_id=watchlist.pk,
        list_name=watchlist.name,
        agency=watchlist.agency.code,
        compartment=watchlist.compartment,
        entry=forms[0],
        review=review_of(newest.review_on, timezone.localdate(now)),
        live=live,
        first=versions[-1].since,
        versions=versions,
        has=tuple((each, bool(newest.identifiers & each)) for each in Identifiers),
        brought=yield_of(who, watchlist.name, asked.key),
        waits=tuple(waits(each) for each in change.order_by("pk")),
        may_change=live and who.role in IMPORTERS,
    )


def admit_editor(who: Who, list_id: int, now: datetime) -> str:
    """Let pass who may enter, correct and remove entries of a list; give its name."""
    admit(who, IMPORTERS, now, purpose=True)
    found = visible(Watchlist.objects.filter(pk=list_id), who).first()
    if found is None:
        refuse(who, now)
    return found.name


def _since(watchlist: Watchlist, numbers: set[int]) -> dict[int, Since]:
    found = {number: Since(number, None, "", "") for number in numbers}
    versions = WatchlistVersion.objects.filter(watchlist=watchlist, number__in=numbers)
    for each in versions.select_related("imported_by", "agreed_by"):
        by, agreed = (account.username if account else "" for account in (each.imported_by, each.agreed_by))
        found[each.number] = Since(each.number, each.imported_at, by, agreed)
    return found


def _changed(before: Entry, after: Entry) -> tuple[str, ...]:
    was, becomes = cells_of(before), cells_of(after)
    return tuple(column for column, cell in becomes.items() if was[column] != cell)
