"""Purge: what is past its clock and held by nothing goes, with everything that hangs on it and with its key.

Takes: the moment for which it runs, and the number of the last traveller that was looked at.
Gives: how many rows of each table went, and where to go on: a bounded batch at a time, in the caller's transaction.
Refuses: what an undecided hit or a hold keeps; to delete a traveller or an entry before the ledger has its number.
Records: record.purged
Legal ground: LR-42, LR-45 (deletion at the end, with proof); LR-13, LR-41, LR-44 (clearances go with their data).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from torogoz.domain.audit import AuditEvent
from torogoz.flow.batch import SIZE, Batch
from torogoz.privacy.schedule import Data, Fate
from torogoz.storage import clocks, ledger, purging
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring

#: So many rows that go by age alone are deleted in one transaction.
ROWS = 1000


def purge(run: int, as_of: datetime, after: int, now: datetime) -> Batch:
    """Purge the next records whose time has come: whole, or the classes that are past theirs."""
    found = clocks.page(as_of, after=after, size=SIZE)
    whole = [each.row.pk for each in found if each.verdict.fate is Fate.PURGE]
    parts: dict[frozenset[Data], list[int]] = defaultdict(list)
    for each in found:
        if each.verdict.fate is Fate.PART:
            parts[each.verdict.classes].append(each.row.pk)
    gone, token = Counter[str](), None
    if whole or parts:
        numbers = {"traveller": whole} if whole else {}
        for classes, some in parts.items():
            numbers["+".join(sorted(classes))] = some
        token = ledger.intend("purged", numbers, now, run=run)
        gone += purging.purge_travellers(whole)
        for classes, some in parts.items():
            gone += purging.purge_classes(some, classes, now, keyring())
        _record(run, now, records=len(whole), parts=sum(map(len, parts.values())))
    return Batch(_purged(gone), found[-1].row.pk if found else 0, more=len(found) == SIZE, token=token)


def purge_entries(run: int, as_of: datetime, _after: int, now: datetime) -> Batch:
    """Purge the entries that lists have dropped, or whose review date has passed, so long ago."""
    numbers = purging.entries(as_of, ROWS)
    if not numbers:
        return Batch()
    token = ledger.intend("purged", {"entry": numbers}, now, run=run)
    gone = purging.purge_entries(numbers)
    _record(run, now, entries=len(numbers))
    return Batch(_purged(gone), more=len(numbers) == ROWS, token=token)


def purge_aged(run: int, as_of: datetime, _after: int, now: datetime) -> Batch:
    """Purge what goes by age alone, whoever it is of, one kind after the other."""
    for each in purging.aged(as_of):
        gone = each.purge(ROWS)
        if gone:
            _record(run, now, rows=sum(gone.values()))
            return Batch(_purged(gone), more=True)
    return Batch()


def due(as_of: datetime) -> Iterator[tuple[str, int]]:
    """What a run would do by age alone, as counts; nothing is changed."""
    yield "purged.storage.WatchlistEntry", len(purging.entries(as_of, 10**9))
    for each in purging.aged(as_of):
        name = each.rows.model._meta.label  # noqa: SLF001 - Django's public API
        column = f".{next(iter(each.emptied))}" if each.emptied else ""
        yield f"purged.{name}{column}", each.rows.count()


def _purged(gone: Counter[str]) -> Counter[str]:
    return Counter({f"purged.{table}": number for table, number in gone.items()})


def _record(run: int, now: datetime, **counts: int) -> None:
    record(AuditEvent.RECORD_PURGED, now, object_type="retention_run", object_id=run, counts=counts)
