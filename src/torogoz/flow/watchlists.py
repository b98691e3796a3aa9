"""Watchlists: a file of an owner becomes a new version of a list, whole or not at all, at once or after a look.

Takes: the list's name, the bytes of a file, the terms given once for the whole list, the compartment, when it may go
  live, and the time.
Gives: a version, or a change that waits (flow/waiting.py), with its report: entries added, changed, removed and
  unchanged, and each line refused with its reasons.
Refuses: a file of which no row is admitted; an entry without the terms of LR-70 or past its review date; the list of
  another agency; a compartment that is closed to the importer, or not the list's; an import that a colleague's has
  overtaken; at the terminal, where it is asked to, one that changes more than the set share of the list, and an update
  to which somebody who was shown it (flow/preview.py) says no.
Records: watchlist.imported, watchlist.waits, watchlist.overtaken, watchlist.refused
Legal ground: LR-35 (registered lists, kept current), LR-70 to LR-73; UN Security Council resolution 2396 §13.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NoReturn

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.staff import Who
from torogoz.domain.watchlist import Entry, is_large
from torogoz.errors import AuthorError, RefusedError, UnavailableError
from torogoz.flow.list_versions import Change, Entered, batches, make_version, number_of
from torogoz.flow.preview import Agree, preview
from torogoz.flow.waiting import overtake, wait
from torogoz.matching.sources.formats import ListFormat, Reading, read
from torogoz.matching.sources.rows import RefusedRow
from torogoz.storage import ledger
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.access.lists import IMPORTERS, Chosen
from torogoz.storage.aside import Aside
from torogoz.storage.audit import record
from torogoz.storage.home import Home
from torogoz.storage.keys import keyring
from torogoz.storage.models import Agency, Watchlist, WatchlistEntry
from torogoz.storage.snapshots import entry_content, in_version

#: What a list may hold: with more, comparing would leave the memory it is planned for (design §8).
MOST_ENTRIES = 1_000_000
#: As many refused lines are kept with a version; its count tells of all.
MOST_REFUSED = 1000

#: Gives the items on and shows somebody how many are done: items, label, how many there are.
Watched = Callable[[Iterable[Entered], str, int], Iterable[Entered]]


class Live(StrEnum):
    """When an import goes live: whatever it changes, or below the set share by itself, or only after a look.

    A first version is not large: there is nothing yet that it could change (docs/decisions/0015).
    """

    ACCEPT = "accept"
    REFUSE = "refuse"
    WAIT = "wait"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class ListReport:
    """What an import made of a list. `refused` holds the first of the refused lines, `refusals` counts them all.

    Where it waits, `waiting` is its number, `version` the one still in force, and `entries` what it would hold.
    """

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
    waiting: int | None = None


class NothingAdmittedError(AuthorError):
    """No row of the file can be admitted, so the list stays as it was."""

    def __init__(self, refused: tuple[RefusedRow, ...]) -> None:
        self.refused = refused
        super().__init__(remedy="correct the lines that are named, and import the file again")


@dataclass(slots=True)
class _Compared:
    """What a file changes; of what it holds beyond that, `seen` are the rows that it names again."""

    entered: Aside[Entered]
    seen: array[int] = field(default_factory=lambda: array("q"))
    replaced: array[int] = field(default_factory=lambda: array("q"))
    gone: list[int] = field(default_factory=list)
    refusals: int = 0
    refused: list[RefusedRow] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        """How many entries stay as they are."""
        return len(self.seen) - len(self.replaced)

    def change(self, watched: Watched, label: str, chosen: Chosen) -> Change:
        """It as a change of the list."""
        return Change(
            watched(self.entered, label, len(self.entered)),
            self.replaced,
            self.gone,
            len(self.entered) - len(self.replaced),
            self.unchanged,
            self.refusals,
            self.refused,
            chosen.document(),
        )


def import_list(  # noqa: PLR0913 - what an importer says of a file, each by its name
    who: Who | None,
    name: str,
    chunks: Iterable[bytes],
    now: datetime,
    *,
    given: Mapping[str, str] | None = None,
    compartment: str = "",
    reading: Reading | None = None,
    live: Live = Live.ACCEPT,
    watched: Watched = lambda items, _label, _total: items,
    agree: Agree = lambda _preview: True,
) -> ListReport:
    """Load or replace a list, or let the change wait. The version before answers until another is committed.

    An update that would go live at once is shown to `agree` first, and refused where that says no.
    `reading` says how the file is written and what of it is asked for, and counts what is left out of it.

    `who` is None at the terminal. `given` holds terms for all rows that do not say their own. A new list belongs to the
    agency whose code is the given owner; where none has it, to the importer's. Only those to whom its `compartment` is
    opened see it and its hits; a list stays in its own.
    """
    if who:
        admit(who, IMPORTERS, now)
        if compartment and compartment not in who.compartments:
            refuse(who, now)
    reading, given = reading or Reading(), given or {}
    watchlist = _registered(who, name, compartment)
    number = number_of(watchlist)
    with Aside(Entered, Home.current().path) as entered:
        try:
            rows = read(reading, chunks, given, timezone.localdate(now), settings.SENSITIVE)
            compared = _compare(rows, watchlist, number, entered)
            chosen = Chosen(
                reading.format or ListFormat.CSV, reading.topics, given.get("legal_basis", "").strip(), reading.left
            )
            change = compared.change(watched, name, chosen)
            large = number > 0 and is_large(
                change.size, change.entries - change.added + len(change.removed), settings.LIST_CHANGE_PERCENT
            )
            if large and live is Live.REFUSE:
                _refuse_large()
            waits = change.size > 0 and (live is Live.LOOK or (large and live is Live.WAIT))
            at_once = number > 0 and change.size > 0 and not waits
            if at_once and not agree(preview(name, number, change, entered)):
                _refuse_unwanted()
        except (AuthorError, RefusedError):
            record(
                AuditEvent.WATCHLIST_REFUSED,
                now,
                who=who,
                object_type="watchlist",
                object_id=watchlist.pk if watchlist else None,
            )
            raise
        token = waiting = None
        with transaction.atomic():
            watchlist = watchlist or _register(who, name, compartment, given, now)
            watchlist = Watchlist.objects.select_for_update().get(pk=watchlist.pk)
            if number_of(watchlist) != number:
                raise UnavailableError(
                    "a colleague has imported this list meanwhile", remedy="look at it, then import again"
                )
            overtake(watchlist, who, now)
            if waits:
                waiting = wait(watchlist, change, who, now, needs_second=large or number == 0)
            else:
                version, token = make_version(watchlist, change, now, by=who.account if who else None)
                number = version.number
                record(
                    AuditEvent.WATCHLIST_IMPORTED,
                    now,
                    who=who,
                    object_type="watchlist",
                    object_id=watchlist.pk,
                    counts={"version": number} | change.counts(),
                )
        if token:
            ledger.done(token, now)
        return ListReport(
            list=watchlist.name,
            agency=watchlist.agency.code,
            version=number,
            entries=change.entries,
            added=change.added,
            changed=len(change.replaced),
            removed=len(change.removed),
            unchanged=change.unchanged,
            refusals=change.refusals,
            refused=tuple(change.refused),
            waiting=waiting,
        )


def _refuse_large() -> NoReturn:
    raise RefusedError(
        "the file changes more than {percent} % of the list, which stays as it was",
        remedy="look at the file; then let the change wait for a look (--large wait)",
        percent=settings.LIST_CHANGE_PERCENT,
    )


def _refuse_unwanted() -> NoReturn:
    raise RefusedError("the list stays as it was", remedy="answer yes, or let a supervisor look (--look)")


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


def _compare(
    rows: Iterable[Entry | RefusedRow], watchlist: Watchlist | None, number: int, entered: Aside[Entered]
) -> _Compared:
    """Hold the file against the list as it stands, some lines at a time: neither is ever in memory as a whole.

    Nothing is written to the database, so that a long file keeps nobody waiting; what enters is put aside.
    """
    compared = _Compared(entered)
    live = watchlist.entries.filter(in_version(number)) if watchlist else WatchlistEntry.objects.none()
    for batch in batches(rows):
        entries = [row for row in batch if not isinstance(row, RefusedRow)]
        refused = [row for row in batch if isinstance(row, RefusedRow)]
        compared.refusals += len(refused)
        compared.refused += refused[: MOST_REFUSED - len(compared.refused)]
        _hold(entries, live, compared)
        if compared.unchanged + len(compared.entered) > MOST_ENTRIES:
            raise AuthorError(
                "the list has more than {most} entries", remedy="make several lists of it", most=f"{MOST_ENTRIES:,}"
            )
    if compared.refusals and not compared.seen and not compared.entered:
        raise NothingAdmittedError(tuple(compared.refused))
    here = np.fromiter(live.values_list("pk", flat=True).iterator(10_000), np.int64)
    compared.gone = np.setdiff1d(here, np.frombuffer(compared.seen, np.int64)).tolist()
    return compared


def _hold(entries: Sequence[Entry], live: QuerySet[WatchlistEntry], compared: _Compared) -> None:
    """Hold some entries against those of the same ids that the list has."""
    keys = keyring()
    rows = live.filter(key__among=[entry.id for entry in entries]).values_list("key", "pk", "digest")
    here = {key: (pk, digest) for key, pk, digest in rows}
    for entry in entries:
        entered = Entered.of(entry)
        row, digest = here.get(entry.id, (None, ""))
        if row is not None:
            compared.seen.append(row)
        # The list may hold it under an older key of the index, while that is rotated.
        if row is not None and digest in keys.digests(entry_content(entered.plain, entered.terms)):
            continue
        if row is not None:
            compared.replaced.append(row)
        compared.entered.put(replace(entered, replaces=row))
