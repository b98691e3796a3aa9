"""Reapply: after a restore, what was purged goes again and what lists had dropped ends again, before a door opens.

Takes: the ledger below the home, a database that is older than it, and the time.
Gives: how many records, parts of records and entries went or ended; all in one transaction, or nothing.
Refuses: to give a number again that the ledger knows: new rows count on above it.
Records: ledger.reapplied
Legal ground: LR-45 (permanent deletion), LR-71 (removal spreads to all copies); design §7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from torogoz.domain.audit import AuditEvent
from torogoz.flow.screen import mark_future
from torogoz.privacy.schedule import Data
from torogoz.storage import ledger, purging
from torogoz.storage.audit import record
from torogoz.storage.clocks import still_there
from torogoz.storage.keys import keyring
from torogoz.storage.list_states import count_out, tell_apart
from torogoz.storage.models import JourneyTraveller, WatchlistEntry, WatchlistVersion
from torogoz.storage.numbers import never_again

#: So many rows are asked for at once: databases bound the values of one statement.
_AT_ONCE = 500


def reapply(now: datetime) -> dict[str, int]:
    """Bring a restored database to what the ledger knows. What is due by its clock since is the next run's work."""
    written = ledger.read()
    counts: dict[str, int] = {}
    with transaction.atomic():
        for kind, numbers in sorted(written.purged.items()):
            again = [number for some in _parts(sorted(numbers)) for number in still_there(kind, some)]
            for some in _parts(again):
                _purge(kind, some, now)
            counts[kind] = len(again)
        counts["delisted"] = sum(_delist(some) for some in _parts(sorted(written.delisted)))
        travellers = (number for kind, number in written.highest.items() if kind != "entry")
        never_again(JourneyTraveller._meta.db_table, max(travellers, default=0))  # noqa: SLF001 - public API
        never_again(WatchlistEntry._meta.db_table, written.highest["entry"])  # noqa: SLF001 - public API
        if counts["delisted"]:
            mark_future(now)
        record(AuditEvent.LEDGER_REAPPLIED, now, counts=ledger.told(counts))
    return counts


def _purge(kind: str, numbers: Sequence[int], now: datetime) -> None:
    if kind == "traveller":
        purging.purge_travellers(numbers)
    elif kind == "entry":
        tell_apart(_lists(WatchlistEntry.objects.filter(pk__in=numbers, version_to=None)))
        purging.purge_entries(numbers)
    else:
        purging.purge_classes(numbers, [Data(each) for each in kind.split("+")], now, keyring())


def _delist(numbers: Sequence[int]) -> int:
    """End entries that their lists had dropped: no version holds them, the newest of this database included."""
    live = WatchlistEntry.objects.filter(pk__in=numbers, version_to=None)
    newest = dict(WatchlistVersion.objects.values_list("watchlist").annotate(number=Max("number")).order_by())
    lists, ended = _lists(live), 0
    tell_apart(lists)
    count_out(live)
    for watchlist in lists:
        ended += live.filter(watchlist=watchlist).update(version_to=newest[watchlist])
    return ended


def _lists(live: QuerySet[WatchlistEntry]) -> frozenset[int]:
    return frozenset(live.values_list("watchlist", flat=True))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]
