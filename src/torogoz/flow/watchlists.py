"""Watchlists: a file of an owner becomes a new version of a list, whole or not at all, and screens at once.

Takes: the list's name, the bytes of a file, the terms given once for the whole list, the compartment, and the time.
Gives: a version with its report: entries added, changed, removed and unchanged, and each line refused with its reasons.
Refuses: a file of which no row is admitted; an entry without the terms of LR-70 or past its review date; the list of
  another agency; a compartment that is closed to the importer, or not the list's; an import that a colleague's has
  overtaken.
Records: watchlist.imported, watchlist.refused
Legal ground: LR-35 (registered lists, kept current), LR-70 to LR-73; UN Security Council resolution 2396 §13.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import Who
from torogoz.domain.watchlist import Entry, Terms
from torogoz.errors import AuthorError, UnavailableError
from torogoz.flow.screen import mark_future
from torogoz.matching.sources.formats import Reading, read
from torogoz.matching.sources.rows import RefusedRow
from torogoz.storage import ledger
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import IMPORTERS, report_document
from torogoz.storage.audit import record
from torogoz.storage.keys import Keyring, keyring
from torogoz.storage.models import Agency, Event, Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import encode_entry, entry_content, entry_place, in_version

#: What a list may hold: with more, comparing would leave the memory it is planned for (design §8).
MOST_ENTRIES = 1_000_000
#: As many refused lines are kept with a version; its count tells of all.
MOST_REFUSED = 1000
#: As many rows are written, or ended, by one statement.
_BATCH = 1000

Item = TypeVar("Item")
#: Gives the items on and shows somebody how many are done: items, label, how many there are.
Watched = Callable[[Iterable["_Entered"], str, int], Iterable["_Entered"]]


@dataclass(frozen=True, slots=True)
class ListReport:
    """What an import made of a list. `refused` holds the first of the refused lines, `refusals` counts them all."""

    list: str
    agency: str
    version: int
    entries: int
    added: int
    changed: int
    removed: int
    unchanged: int
    refusals: int
    refused: tuple[RefusedRow, ...]


class NothingAdmittedError(AuthorError):
    """No row of the file can be admitted, so the list stays as it was."""

    def __init__(self, refused: tuple[RefusedRow, ...]) -> None:
        self.refused = refused
        super().__init__(remedy="correct the lines that are named, and import the file again")


@dataclass(frozen=True, slots=True)
class _Entered:
    """An entry that the list does not hold in this form yet; what is sealed stands encoded, to hold many of them."""

    key: str
    plain: bytes
    terms: Terms
    advisory: bool
    digest: str
    index_version: int


@dataclass(slots=True)
class _Changes:
    """What a file changes. `gone` starts as the whole list, by key; what the file says again is taken out of it."""

    gone: dict[str, tuple[int, str]]
    entered: list[_Entered] = field(default_factory=list)
    added: int = 0
    unchanged: int = 0
    refusals: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    digest: str = ""

    @property
    def entries(self) -> int:
        return self.unchanged + len(self.entered)

    @property
    def changed(self) -> int:
        return len(self.entered) - self.added

    @property
    def removed(self) -> int:
        return len(self.gone) - self.changed

    @property
    def dropped(self) -> list[int]:
        """The rows of the entries that the file no longer names, in any form."""
        kept = {each.key for each in self.entered}
        return sorted(pk for key, (pk, _) in self.gone.items() if key not in kept)


def import_list(
    who: Who | None,
    name: str,
    chunks: Iterable[bytes],
    now: datetime,
    *,
    given: Mapping[str, str] | None = None,
    compartment: str = "",
    reading: Reading | None = None,
    watched: Watched = lambda items, _label, _total: items,
) -> ListReport:
    """Load or replace a list. The version before answers until this one is committed.

    `reading` says how the file is written and what of it is asked for, and counts what is left out of it.

    `who` is None at the terminal. `given` holds terms for all rows that do not say their own. A new list belongs to the
    agency whose code is the given owner; where none has it, to the importer's. Only those to whom its `compartment` is
    opened see it and its hits; a list stays in its own.
    """
    if who:
        admit(who, IMPORTERS, now)
        if compartment and compartment not in who.compartments:
            refuse(who, now)
    watchlist = _registered(who, name, compartment)
    number = _number(watchlist)
    try:
        changes = _compare(
            read(reading or Reading(), chunks, given or {}, timezone.localdate(now)), _live(watchlist, number)
        )
    except AuthorError:
        record(AuditEvent.WATCHLIST_REFUSED, now, who=who, object_type="watchlist", object_id=_id(watchlist))
        raise
    with transaction.atomic():
        watchlist = watchlist or _register(who, name, compartment, given or {}, now)
        watchlist = Watchlist.objects.select_for_update().get(pk=watchlist.pk)
        if _number(watchlist) != number:
            raise UnavailableError(
                "a colleague has imported this list meanwhile", remedy="look at it, then import again"
            )
        version = _commit(watchlist, number + 1, changes, who, now, watched)
        # Outside the database, so that a restore does not bring back whom the owner has dropped (flow.reapply).
        dropped = changes.dropped
        token = ledger.intend("delisted", {"entry": dropped}, now) if dropped else None
    if token:
        ledger.done(token, now)
    return ListReport(
        list=watchlist.name,
        agency=watchlist.agency.code,
        version=version.number,
        entries=version.entries,
        added=version.added,
        changed=changes.changed,
        removed=version.removed,
        unchanged=changes.unchanged,
        refusals=version.refused,
        refused=tuple(changes.refused),
    )


def _registered(who: Who | None, name: str, compartment: str) -> Watchlist | None:
    if not _is_name(name, 80):
        raise AuthorError("the list has no usable name", remedy="give it one of 1 to 80 letters, digits and blanks")
    if compartment and not _is_name(compartment, 32):
        raise AuthorError(
            "the compartment has no usable name", remedy="give it one of 1 to 32 letters, digits and blanks"
        )
    watchlist = Watchlist.objects.filter(name=name).first()
    if watchlist and who and not visible(Watchlist.objects.filter(pk=watchlist.pk), who).exists():
        raise AuthorError("this name is taken", remedy="choose another name for the list")
    if watchlist and compartment and watchlist.compartment != compartment:
        raise AuthorError("this list is not in that compartment", remedy="name none, or import it as another list")
    return watchlist


def _is_name(text: str, longest: int) -> bool:
    return text.isprintable() and text == text.strip() and 1 <= len(text) <= longest


def _register(who: Who | None, name: str, compartment: str, given: Mapping[str, str], now: datetime) -> Watchlist:
    agencies = Agency.objects.order_by("pk")
    own = agencies.filter(code=who.agency).first() if who else agencies.filter(centre=True).first()
    if own is None:
        raise AuthorError("this home has no centre yet", remedy="run `torogoz init` first")
    named = agencies.filter(code=given.get("owner", "")).first() if own.centre else None
    return Watchlist.objects.create(name=name, agency=named or own, compartment=compartment, made_at=now)


def _id(watchlist: Watchlist | None) -> int | None:
    return watchlist.pk if watchlist else None


def _number(watchlist: Watchlist | None) -> int:
    newest = watchlist.versions.aggregate(newest=Max("number"))["newest"] if watchlist else None
    return newest or 0


def _live(watchlist: Watchlist | None, number: int) -> dict[str, tuple[int, str]]:
    if watchlist is None:
        return {}
    rows = watchlist.entries.filter(in_version(number)).values_list("key", "pk", "digest")
    return {key: (pk, digest) for key, pk, digest in rows.iterator(_BATCH)}


def _compare(rows: Iterable[Entry | RefusedRow], live: dict[str, tuple[int, str]]) -> _Changes:
    """Hold the file against the list as it stands. Nothing is written, so that a long file keeps nobody waiting."""
    changes, keys = _Changes(live), keyring()
    shared: dict[Terms, Terms] = {}
    content = sha256()
    for row in rows:
        if isinstance(row, RefusedRow):
            changes.refusals += 1
            if len(changes.refused) < MOST_REFUSED:
                changes.refused.append(row)
            continue
        assert row.terms  # noqa: S101 - read admits no entry without them
        plain = encode_entry(row)
        # The list may hold it under an older key of the index, while that is rotated.
        digests = keys.digests(entry_content(plain, row.terms))
        content.update(digests[0].encode())
        if row.id in live and live[row.id][1] in digests:
            del live[row.id]
            changes.unchanged += 1
        else:
            changes.added += row.id not in live
            terms = shared.setdefault(row.terms, row.terms)
            changes.entered.append(_Entered(row.id, plain, terms, row.advisory, digests[0], keys.index.number))
        if changes.entries > MOST_ENTRIES:
            raise AuthorError(
                "the list has more than {most} entries", remedy="make several lists of it", most=f"{MOST_ENTRIES:,}"
            )
    if changes.refusals and not changes.entries:
        raise NothingAdmittedError(tuple(changes.refused))
    changes.digest = content.hexdigest()
    return changes


def _commit(
    watchlist: Watchlist, number: int, changes: _Changes, who: Who | None, now: datetime, watched: Watched
) -> WatchlistVersion:
    keys = keyring()
    for batch in _batches(watched(changes.entered, watchlist.name, len(changes.entered))):
        WatchlistEntry.objects.bulk_create(_row(watchlist, number, each, keys) for each in batch)
    for ended in _batches([pk for pk, _ in changes.gone.values()]):
        WatchlistEntry.objects.filter(pk__in=ended).update(version_to=number)
    version = WatchlistVersion.objects.create(
        watchlist=watchlist,
        number=number,
        imported_at=now,
        imported_by_id=who.account if who else None,
        digest=changes.digest,
        entries=changes.entries,
        added=changes.added,
        removed=changes.removed,
        refused=changes.refusals,
        report=report_document(changes.changed, changes.unchanged, changes.refused),
    )
    counts = {"version": number, "added": changes.added, "changed": changes.changed, "removed": changes.removed}
    record(
        AuditEvent.WATCHLIST_IMPORTED,
        now,
        who=who,
        object_type="watchlist",
        object_id=watchlist.pk,
        counts=counts | {"refused": changes.refusals},
    )
    Event.objects.create(at=now, kind="watchlist")
    if changes.entered or changes.gone:
        mark_future(now)
    return version


def _row(watchlist: Watchlist, number: int, entered: _Entered, keys: Keyring) -> WatchlistEntry:
    terms = entered.terms
    return WatchlistEntry(
        watchlist=watchlist,
        agency_id=watchlist.agency_id,
        compartment=watchlist.compartment,
        key=entered.key,
        version_from=number,
        owner=terms.owner,
        legal_basis=terms.legal_basis,
        purpose=terms.purpose,
        reason=terms.reason,
        grade=terms.grade,
        handling=terms.handling,
        action=terms.action,
        review_on=terms.review_on,
        gravity=terms.gravity,
        advisory=entered.advisory,
        digest=entered.digest,
        index_version=entered.index_version,
        sealed=keys.seal(entered.plain, entry_place(watchlist.pk, entered.key, number)),
        key_id=keys.fields.id,
    )


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
