"""Lists as they stand on a day, and what changed of one between two such states.

An entry stands on its list in the versions from the one that brought it to the one that dropped it, and until its
review date. So two states differ by the entries that a version between them brought or dropped, and by those whose
review date has passed: few, of a million, and found without reading the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry
from torogoz.storage.keys import keyring
from torogoz.storage.models import Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import in_version, open_entry

#: What was made ready longer ago is made anew: it holds those who have lapsed since, and they are purged in their time.
OLDEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ListState:
    """A list on a day. `digest` sums up what its versions have changed: a restored database counts them again."""

    id: int
    name: str
    version: int
    digest: str
    day: date


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What came, and the ids of what went or came in another form."""

    added: tuple[Entry, ...]
    removed: tuple[str, ...]


def list_states(today: date) -> tuple[ListState, ...]:
    """Every list that has a version, in a fixed order."""
    newest = WatchlistVersion.objects.annotate(last=Max("watchlist__versions__number")).filter(number=F("last"))
    rows = newest.order_by("watchlist").values_list("watchlist", "watchlist__name", "number", "digest")
    return tuple(ListState(*row, today) for row in rows)


def purposes_of(state: ListState) -> tuple[Purpose, ...]:
    """The purposes that some of its entries have, in a fixed order."""
    return tuple(sorted(Purpose(value) for value in _rows(state).values_list("purpose", flat=True).distinct()))


def entries_of(state: ListState, purpose: Purpose) -> Iterator[Entry]:
    """Its entries of a purpose, decrypted one by one, in a fixed order."""
    keys = keyring()
    for row in _rows(state).filter(purpose=purpose).order_by("key").iterator(2000):
        yield open_entry(row, keys)


def changes(before: ListState, after: ListState, most: int) -> ListChanges | None:
    """What changed of a list; None where it is more than `most`, or can no longer be told.

    It cannot where `before` is no earlier state, is older than `OLDEST`, or where rows that went are purged by now.
    """
    if not _is_earlier(before, after):
        return None
    rows = WatchlistEntry.objects.filter(watchlist=before.id)
    came, went = _came(rows, before, after).filter(_stands(after)), _went(rows, before, after).filter(_stands(before))
    if before.day != after.day:
        went |= rows.filter(_stands(before), review_on__lt=after.day)
    # What is too much is seen before anything is counted or put in order: a whole list may have changed.
    added, removed = (list(each.values_list("pk", flat=True)[: most + 1]) for each in (came, went))
    if len(added) + len(removed) > most or not _are_all_there(before, after):
        return None
    keys = keyring()
    # By their numbers alone: where the list is asked for beside them, SQLite goes through all of a million.
    entries = WatchlistEntry.objects.filter(pk__among=added).order_by("key")
    gone = WatchlistEntry.objects.filter(pk__among=removed).values_list("key", flat=True)
    return ListChanges(tuple(open_entry(row, keys) for row in entries), tuple(gone))


def left(before: ListState, after: ListState) -> frozenset[str] | None:
    """The ids of all who stood on a list and stand there no more in any form, however many; None as for `changes`.

    Somebody may be among them who came and went in between.
    """
    if not _is_earlier(before, after) or not _are_all_there(before, after):
        return None
    rows = WatchlistEntry.objects.filter(watchlist=before.id)
    gone = set[str]()
    if _versions(before, after).filter(removed__gt=0).exists():
        again = rows.filter(
            key=OuterRef("key"), version_from__gte=OuterRef("version_to"), version_from__lte=after.version
        )
        gone.update(_went(rows, before, after).exclude(Exists(again)).values_list("key", flat=True).iterator(10_000))
    if before.day != after.day:
        gone.update(rows.filter(in_version(after.version), review_on__lt=after.day).values_list("key", flat=True))
    return frozenset(gone)


def count_out(live: QuerySet[WatchlistEntry]) -> None:
    """Count entries of newest versions out of them, which are about to end although no version drops them."""
    for watchlist, count in live.order_by("watchlist").values_list("watchlist").annotate(Count("pk")):
        for newest in _newest(watchlist):
            newest.entries = max(0, newest.entries - count)
            newest.save(update_fields=["entries"])


def tell_apart(lists: Collection[int]) -> None:
    """Let the newest versions of lists be others than they were: what was made ready of them holds who must not be."""
    for watchlist in sorted(lists):
        for newest in _newest(watchlist):
            newest.digest = sha256(f"{newest.digest} reapplied".encode()).hexdigest()
            newest.save(update_fields=["digest"])


def _newest(watchlist: int) -> QuerySet[WatchlistVersion]:
    """The newest version of a list, if it has one; the list's row is locked first, as an import locks it."""
    return Watchlist.objects.select_for_update().get(pk=watchlist).versions.order_by("-number")[:1]


def _came(rows: QuerySet[WatchlistEntry], before: ListState, after: ListState) -> QuerySet[WatchlistEntry]:
    return rows.filter(version_from__gt=before.version, version_from__lte=after.version)


def _went(rows: QuerySet[WatchlistEntry], before: ListState, after: ListState) -> QuerySet[WatchlistEntry]:
    return rows.filter(version_to__gt=before.version, version_to__lte=after.version)


def _are_all_there(before: ListState, after: ListState) -> bool:
    """Whether the rows that came and went are as many as the versions say: rows that went may be purged by now."""
    rows = WatchlistEntry.objects.filter(watchlist=before.id)
    came, went = _came(rows, before, after).count(), _went(rows, before, after).count()
    return came - went == _entries(after) - _entries(before)


def _versions(before: ListState, after: ListState) -> QuerySet[WatchlistVersion]:
    """The versions of a list behind one state and up to another."""
    return WatchlistVersion.objects.filter(watchlist=before.id, number__gt=before.version, number__lte=after.version)


def _is_earlier(before: ListState, after: ListState) -> bool:
    if before.id != after.id or before.version > after.version or not timedelta() <= after.day - before.day <= OLDEST:
        return False
    versions = WatchlistVersion.objects.filter(watchlist=before.id, number=before.version, digest=before.digest)
    return versions.exists()


def _entries(state: ListState) -> int:
    """How many entries a version has, as it says: of what it dropped, rows may be purged by now."""
    return WatchlistVersion.objects.get(watchlist=state.id, number=state.version).entries


def _rows(state: ListState) -> QuerySet[WatchlistEntry]:
    return WatchlistEntry.objects.filter(_stands(state), watchlist=state.id)


def _stands(state: ListState) -> Q:
    return in_version(state.version) & Q(review_on__gte=state.day)
