"""A change of a list becomes its next version, whole, in the caller's transaction: the one way into force.

An import, a change that waited, and the removal of one entry all come here. The version before answers until the
caller's transaction commits, and then all future travel is due for screening. Versions count on by one for each list,
and no row of an earlier version is changed but for the number with which it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from typing import Any, TypeVar

from django.db.models import Max

from torogoz.domain.watchlist import Entry, Terms
from torogoz.flow.screen import mark_future
from torogoz.matching.sources.rows import RefusedRow
from torogoz.storage import ledger, write
from torogoz.storage.access.lists import report_document
from torogoz.storage.keys import Keyring, keyring
from torogoz.storage.models import Event, Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.models.watchlists import Listed
from torogoz.storage.snapshots import decode_entry, encode_entry, entry_content, entry_place, terms_of

#: As many rows are written, or ended, by one statement.
_BATCH = 1000

#: The columns that an entry has wherever it stands (`storage.models.watchlists.Listed`), but for what is sealed.
LISTED = (
    *("key", "owner", "legal_basis", "purpose", "reason", "grade", "handling", "action", "review_on", "gravity"),
    *("advisory", "identifiers"),
)
_IN_VERSION = (
    *LISTED,
    *("watchlist", "agency", "compartment", "version_from", "digest", "index_version", "sealed", "key_id"),
)

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that the list does not hold in this form yet; what is sealed stands encoded.

    `replaces` is the row of the entry in whose place it comes.
    """

    key: str
    plain: bytes
    terms: Terms
    advisory: bool
    identifiers: int
    replaces: int | None = None

    @classmethod
    def of(cls, entry: Entry) -> Entered:
        """What is written of an entry that was admitted with its terms."""
        assert entry.terms  # noqa: S101 - read_watchlist admits no entry without them
        return cls(entry.id, encode_entry(entry), entry.terms, entry.advisory, entry.identifiers)

    @classmethod
    def again(cls, row: Listed, plain: bytes) -> Entered:
        """The same of a row that waited, with what was sealed in it."""
        return cls(row.key, plain, terms_of(row), row.advisory, decode_entry(plain).identifiers)

    def values(self) -> tuple[object, ...]:
        """What a row of it has in `LISTED`."""
        terms = self.terms
        return (
            self.key,
            terms.owner,
            terms.legal_basis,
            terms.purpose,
            terms.reason,
            terms.grade,
            terms.handling,
            terms.action,
            terms.review_on,
            terms.gravity,
            self.advisory,
            self.identifiers,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What a version changes. `replaced` and `removed` are the rows that end, by number; the others stay.

    `chosen` is what the importer asked of a file, and what was left out of it (`storage.access.lists.Chosen`).
    """

    entered: Iterable[Entered] = ()
    replaced: Sequence[int] = ()
    removed: Sequence[int] = ()
    added: int = 0
    unchanged: int = 0
    refusals: int = 0
    refused: Sequence[RefusedRow] = ()
    chosen: Mapping[str, Any] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        """How many entries the version holds."""
        return self.unchanged + self.added + len(self.replaced)

    @property
    def size(self) -> int:
        """How many entries it adds, changes or removes."""
        return self.added + len(self.replaced) + len(self.removed)

    def counts(self) -> dict[str, int]:
        """What the audit counts of it."""
        return {
            "added": self.added,
            "changed": len(self.replaced),
            "removed": len(self.removed),
            "refused": self.refusals,
        }


def number_of(watchlist: Watchlist | None) -> int:
    """The number of a list's version in force, 0 where there is none."""
    newest = watchlist.versions.aggregate(newest=Max("number"))["newest"] if watchlist else None
    return newest or 0


def entries_of(watchlist: Watchlist) -> int:
    """How many entries the version in force holds, as it says: counting a million rows is not for one form."""
    return watchlist.versions.order_by("-number").values_list("entries", flat=True).first() or 0


def make_version(
    watchlist: Watchlist, change: Change, now: datetime, *, by: int | None, agreed_by: int | None = None
) -> tuple[WatchlistVersion, str | None]:
    """Make the next version of a list whose row is locked, by one account and, after a look, by another or the same.

    Gives it with the ledger's token, with which the caller says that the removals have gone once they are committed:
    the ledger is outside the database, so that a restore does not bring back whom the owner has dropped (flow.reapply).
    """
    keys, number = keyring(), number_of(watchlist) + 1
    before = watchlist.versions.filter(number=number - 1).values_list("digest", flat=True).first() or ""
    content = sha256(before.encode())
    for batch in batches(change.entered):
        digests = [keys.digest(entry_content(each.plain, each.terms)) for each in batch]
        content.update("".join(digests).encode())
        rows = [_row(watchlist, number, *each, keys) for each in zip(batch, digests, strict=True)]
        write.insert(WatchlistEntry, _IN_VERSION, rows)
    for ended in batches(chain(change.replaced, change.removed)):
        content.update(repr(ended).encode())
        write.update(WatchlistEntry, ("version_to",), [(number, row) for row in ended])
    version = WatchlistVersion.objects.create(
        watchlist=watchlist,
        number=number,
        imported_at=now,
        imported_by_id=by,
        agreed_by_id=agreed_by,
        digest=content.hexdigest() if change.size else before,
        entries=change.entries,
        added=change.added,
        removed=len(change.removed),
        refused=change.refusals,
        report=report_document(len(change.replaced), change.unchanged, change.refused, change.chosen),
    )
    Event.objects.create(at=now, kind="watchlist")
    if change.size:
        mark_future(now)
    removed = sorted(change.removed)
    return version, ledger.intend("delisted", {"entry": removed}, now) if removed else None


def _row(watchlist: Watchlist, number: int, entered: Entered, digest: str, keys: Keyring) -> tuple[object, ...]:
    """The values of `_IN_VERSION`."""
    sealed = keys.seal(entered.plain, entry_place(watchlist.pk, entered.key, number))
    owned = watchlist.pk, watchlist.agency_id, watchlist.compartment
    return *entered.values(), *owned, number, digest, keys.index.number, sealed, keys.fields.id


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
