"""Entries: one entry of a list is entered, corrected or removed by hand, with the same checks as a line of a file.

Takes: the cells of an entry as a list file has them, or an entry with the reason for its removal; and the time.
Gives: an entry that waits for a second person, or a version of the list without the entry that was removed.
Refuses: what the reader of list files refuses, with each cell and its reason; an entry whose number the list has; a
  correction that changes nothing; a removal without a reason.
Records: entry.entered, entry.corrected, entry.removed, watchlist.waits, watchlist.overtaken
Legal ground: LR-70 to LR-73; LR-71: whom to include two persons decide, and a removal spreads at once.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.staff import Who
from torogoz.domain.watchlist import Entry
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.list_versions import Change, Entered, entries_of, make_version, number_of
from torogoz.flow.waiting import overtake_proposals, reason_of, wait
from torogoz.matching.sources.csv import LIST_COLUMNS, TERM_COLUMNS, read_watchlist
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow
from torogoz.storage import ledger
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import IMPORTERS
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.models import Watchlist, WatchlistEntry
from torogoz.storage.snapshots import entry_content, in_version

COLUMNS = (*LIST_COLUMNS, *TERM_COLUMNS)


class EntryRefusedError(AuthorError):
    """The entry cannot be admitted as it is written."""

    def __init__(self, faults: tuple[CellFault, ...]) -> None:
        self.faults = faults
        super().__init__(remedy="correct the fields that are marked")


def enter(who: Who, list_id: int, cells: Mapping[str, str], now: datetime) -> int:
    """Propose a new entry of a list; give the number of what waits. A second person puts it in force.

    Raises EntryRefusedError with everything that is wrong with its cells.
    """
    _admit_to(who, list_id, now)
    entry = _read(cells, now)
    with transaction.atomic():
        watchlist = Watchlist.objects.select_for_update().get(pk=list_id)
        if _live(watchlist, entry.id):
            raise EntryRefusedError((CellFault(Fault.DUPLICATE, "id"),))
        return _propose(watchlist, entry, None, who, now, AuditEvent.ENTRY_ENTERED)


def correct(who: Who, entry_id: int, cells: Mapping[str, str], now: datetime) -> int:
    """Propose another version of an entry, which keeps its number on the list; give the number of what waits."""
    found = _entry(who, entry_id, now)
    entry = _read({**cells, "id": found.key}, now)
    with transaction.atomic():
        watchlist = Watchlist.objects.select_for_update().get(pk=found.watchlist_id)
        live = _still(watchlist, entry_id)
        entered = Entered.of(entry)
        if live.digest in keyring().digests(entry_content(entered.plain, entered.terms)):
            raise RefusedError("nothing of the entry was changed", remedy="change what is wrong, or leave it as it is")
        return _propose(watchlist, entry, live, who, now, AuditEvent.ENTRY_CORRECTED)


def remove(who: Who, entry_id: int, reason: str, now: datetime) -> int:
    """Remove an entry at once, with a reason; give the number of the version without it."""
    found = _entry(who, entry_id, now)
    text = reason_of(reason, needed=True)
    with transaction.atomic():
        watchlist = Watchlist.objects.select_for_update().get(pk=found.watchlist_id)
        live = _still(watchlist, entry_id)
        change = Change(removed=[live.pk], unchanged=entries_of(watchlist) - 1)
        version, token = make_version(watchlist, change, now, by=who.account)
        overtake_proposals(watchlist, live.key, who, now)
        record(
            AuditEvent.ENTRY_REMOVED,
            now,
            who=who,
            object_type="watchlist_entry",
            object_id=live.pk,
            counts={"version": version.number},
            text=text,
        )
    if token:
        ledger.done(token, now)
    return version.number


def _admit_to(who: Who, list_id: int, now: datetime) -> None:
    admit(who, IMPORTERS, now, purpose=True)
    if not visible(Watchlist.objects.filter(pk=list_id), who).exists():
        refuse(who, now)


def _entry(who: Who, entry_id: int, now: datetime) -> WatchlistEntry:
    found = WatchlistEntry.objects.filter(pk=entry_id).first()
    if found is None:
        admit(who, IMPORTERS, now, purpose=True)
        refuse(who, now)
    _admit_to(who, found.watchlist_id, now)
    if who.purpose is None or found.purpose not in covered_purposes(who.purpose):
        refuse(who, now)
    return found


def _read(cells: Mapping[str, str], now: datetime) -> Entry:
    """The cells as a line of a list file, read by the one reader of such files."""
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerows([COLUMNS, [cells.get(column, "") for column in COLUMNS]])
    content, today = line.getvalue().encode("utf-8", "replace"), timezone.localdate(now)
    read = next(iter(read_watchlist([content], {}, today, settings.SENSITIVE)), None)
    if read is None or isinstance(read, RefusedRow):
        raise EntryRefusedError(read.faults if read else (CellFault(Fault.NOBODY),))
    return read


def _live(watchlist: Watchlist, key: str) -> WatchlistEntry | None:
    return watchlist.entries.filter(in_version(number_of(watchlist)), key=key).first()


def _still(watchlist: Watchlist, entry_id: int) -> WatchlistEntry:
    live = watchlist.entries.filter(in_version(number_of(watchlist)), pk=entry_id).first()
    if live is None:
        raise RefusedError(
            "this version of the entry is no longer in force", remedy="open the entry again, as the list has it now"
        )
    return live


def _propose(
    watchlist: Watchlist, entry: Entry, live: WatchlistEntry | None, who: Who, now: datetime, event: AuditEvent
) -> int:
    overtake_proposals(watchlist, entry.id, who, now)
    replaced = [live.pk] if live else []
    change = Change(
        [replace(Entered.of(entry), replaces=live.pk if live else None)],
        replaced,
        added=0 if live else 1,
        unchanged=entries_of(watchlist) - len(replaced),
    )
    made = wait(watchlist, change, who, now, needs_second=True, by_form=True)
    record(event, now, who=who, object_type="waiting_version", object_id=made)
    return made
