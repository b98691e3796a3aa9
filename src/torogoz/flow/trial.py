"""Trial: whom entries would hit, before they go live. Nothing is written but that somebody looked.

Takes: who asks and for what purpose, a list, entries that are to come or to change on it or a change that waits, the
  reason, and the time.
Gives: how many travellers each day they would raise, who of those still to travel, and how many strangers a week are to
  be expected for an entry; what was left out for want of time is said.
Refuses: whoever does not review or looks for no purpose; a list of others; entries of which none has a purpose that the
  asker's covers; a second trial while one runs. Who has travelled is counted, never named (LR-46).
Records: tried.entries
Legal ground: LR-71 (inclusion by criteria, before it acts); LR-20, LR-30, LR-46; Directive (EU) 2016/681 art. 6(2)(c).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import CauseKind, Identity, RaisedHit
from torogoz.domain.purpose import DataClass, Purpose, covered_purposes, readable_classes
from torogoz.domain.staff import StaffRole, Who
from torogoz.domain.watchlist import Entry
from torogoz.errors import AuthorError, UnavailableError
from torogoz.flow.screen import future, lists_in_force
from torogoz.matching import ListIndex, build
from torogoz.matching.excerpt import among
from torogoz.matching.expected import WeeklyRate, namesakes, observed
from torogoz.matching.sources.formats import Reading, read
from torogoz.matching.sources.rows import RefusedRow
from torogoz.screening import ListInForce, screen
from torogoz.storage.access.faces import Face, faces
from torogoz.storage.access.guard import admit, classes_for, refuse, visible
from torogoz.storage.audit import record
from torogoz.storage.keys import keyring
from torogoz.storage.models import Decision, Hit, Journey, JourneyTraveller, Watchlist
from torogoz.storage.pictures import read_picture
from torogoz.storage.traffic import Traffic, traffic
from torogoz.storage.waiting import open_waiting, standing_entries, standing_removals, waiting

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: So many entries are tried at once, with so many travellers, for so long; and so far back.
MOST_ENTRIES, MOST_TRAVELLERS, SECONDS, LOOKED_BACK = 10_000, 50_000, 20.0, timedelta(days=14)
#: So many travellers, and so many entries, are shown of those that were found.
SHOWN, ENTRIES_SHOWN = 100, 20
#: A reason has so many signs.
SHORTEST_REASON, LONGEST_REASON = 10, 1000

_one_at_a_time = Lock()


@dataclass(slots=True)
class Day:
    """The travellers of one day who were held against the entries, and those whom they would raise."""

    day: date
    travellers: int = 0
    queued: int = 0
    dossier: int = 0


@dataclass(frozen=True, slots=True)
class WouldBe:
    """A hit that would be: the traveller as the asker may see them, and whether it stands already."""

    hit: RaisedHit
    face: Face
    journey: int
    designator: str
    day: date
    stands: bool


@dataclass(frozen=True, slots=True)
class EntryTried:
    """An entry: how many it raised, how many strangers a week that makes, and what the list's frequencies expect."""

    entry: Entry
    raised: int
    rate: WeeklyRate | None
    namesakes: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What entries would hit. `cut` tells that flights were left out; `hidden` counts entries of another purpose."""

    days: tuple[Day, ...]
    hits: tuple[WouldBe, ...]
    total: int
    named: int
    entries: tuple[EntryTried, ...]
    tried: int
    hidden: int
    flights: int
    of_flights: int
    travellers: int

    @property
    def cut(self) -> bool:
        """Whether flights were left out."""
        return self.flights < self.of_flights


@dataclass(slots=True)
class _Found:
    """What has been found so far."""

    days: dict[date, Day] = field(default_factory=dict)
    raised: list[tuple[Journey, RaisedHit, bool]] = field(default_factory=list)
    flights: int = 0
    travellers: int = 0


def read_entries(
    chunks: Iterable[bytes], purpose: Purpose, now: datetime, reading: Reading | None = None
) -> tuple[list[Entry], list[RefusedRow]]:
    """Entries to try, and the lines that an import would refuse too. Terms that no line says are made up for the trial.

    The file is read as an import reads it, in any of its formats (`reading`). AuthorError where it is no list, or holds
    more than is tried at once.
    """
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    given = {"owner": "trial", "legal_basis": "trial", "grade": "E5"}
    given |= {"purpose": purpose.value, "review_on": tomorrow.isoformat()}
    entries: list[Entry] = []
    refused: list[RefusedRow] = []
    for row in read(reading or Reading(), chunks, given, timezone.localdate(now), settings.SENSITIVE):
        if isinstance(row, RefusedRow):
            refused.append(row)
        else:
            entries.append(row)
        _bound(len(entries) + len(refused))
    return entries, refused


def try_waiting(who: Who, list_id: int, number: int, reason: str, now: datetime) -> Trial:
    """Hold what waits to change a list, as far as it still stands, against the same travellers: as `try_entries`."""
    admit(who, MAY, now, purpose=True)
    lists = visible(Watchlist.objects.filter(pk=list_id), who)
    version = waiting(now).filter(pk=number, watchlist__in=lists).first()
    if version is None:
        refuse(who, now)
    entering = standing_entries(version)
    _bound(entering.count())
    keys = keyring()
    entries = [open_waiting(row, keys) for row in entering.iterator(1000)]
    dropped = set(standing_removals(version).values_list("entry__key", flat=True))
    return try_entries(who, list_id, entries, reason, now, dropped=dropped)


def try_entries(
    who: Who, list_id: int, entries: Sequence[Entry], reason: str, now: datetime, *, dropped: Collection[str] = ()
) -> Trial:
    """Hold entries, which stand on the list by then, against everybody who will travel and who lately did.

    An entry whose id the list holds stands in its place, and those of the `dropped` ids are gone by then. The answer is
    what screening would raise of the entries, to the last bit.
    """
    admit(who, MAY, now, purpose=True)
    assert who.purpose  # noqa: S101 - they are admitted with one only
    watchlist = visible(Watchlist.objects.filter(pk=list_id), who).first()
    if watchlist is None:
        refuse(who, now)
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise AuthorError("the reason is missing, too short or too long", remedy="write it in 10 to 1000 signs")
    covered = covered_purposes(who.purpose)
    tried = [entry for entry in entries if entry.terms and entry.terms.purpose in covered]
    if not tried:
        raise AuthorError(
            "no entry has a purpose that yours covers", remedy="choose the entries' purpose, and try again"
        )
    if not _one_at_a_time.acquire(blocking=False):
        raise UnavailableError("another trial runs", remedy="wait until it ends, half a minute at most, and try again")
    try:
        lists = _as_live(watchlist.name, tried, dropped, now)
        found = _Found()
        flights = _flights(now)
        _hold(flights, lists, found, now)
        to_come = [(journey, hit) for journey, hit, ahead in found.raised if ahead]
        to_come.sort(key=lambda each: (not each[1].queued, -each[1].millibits, each[1].traveller))
        trial = Trial(
            days=tuple(found.days[day] for day in sorted(found.days)),
            hits=_named(who, watchlist.name, to_come[:SHOWN]),
            total=len(found.raised),
            named=len(to_come),
            entries=tuple(_entries(watchlist.name, tried, lists, found, now)),
            tried=len(tried),
            hidden=len(entries) - len(tried),
            flights=found.flights,
            of_flights=len(flights),
            travellers=found.travellers,
        )
    finally:
        _one_at_a_time.release()
    with transaction.atomic():
        record(
            AuditEvent.TRIED_ENTRIES,
            now,
            who=who,
            object_type="watchlist",
            object_id=list_id,
            counts={
                "entries": len(tried),
                "flights": found.flights,
                "travellers": found.travellers,
                "found": trial.total,
            },
            text=reason.strip(),
        )
    return trial


def _bound(entries: int) -> None:
    if entries > MOST_ENTRIES:
        raise AuthorError(
            "more than {most} entries cannot be tried at once", remedy="try them in parts", most=f"{MOST_ENTRIES:,}"
        )


def _as_live(name: str, tried: Sequence[Entry], dropped: Collection[str], now: datetime) -> list[ListInForce]:
    """The tried entries by purpose, weighing as the list will with them on it."""
    groups: dict[Purpose, list[Entry]] = {}
    for entry in tried:
        assert entry.terms  # noqa: S101 - others were not let in
        groups.setdefault(entry.terms.purpose, []).append(entry)
    now_live = [one for one in lists_in_force(now) if one.name == name]
    version = max((one.version for one in now_live), default=0) + 1
    indexes = {one.purpose: one.index for one in now_live}
    leaving = {entry.id for entry in tried} | set(dropped)
    lists = []
    for purpose, entries in sorted(groups.items()):
        index = indexes.get(purpose) or build(())
        lists.append(ListInForce(name, version, purpose, among(index, leaving, entries)))
    return lists


def _flights(now: datetime) -> list[tuple[Journey, bool]]:
    """The journeys to ask about, each with whether it is still to come: the next first, then the last that flew."""
    coming = list(future(now).order_by(F("departure_at").asc(nulls_last=True), "pk"))
    ahead = {each.pk for each in coming}
    flown = Journey.objects.filter(departure_at__gte=now - LOOKED_BACK, departure_at__lt=now)
    before = [each for each in flown.order_by("-departure_at", "pk") if each.pk not in ahead]
    return [(each, True) for each in coming] + [(each, False) for each in before]


def _hold(flights: Iterable[tuple[Journey, bool]], lists: Sequence[ListInForce], found: _Found, now: datetime) -> None:
    """Ask of one flight after another what the lists would raise, as long as time and travellers are left."""
    end = time.monotonic() + SECONDS
    keys = keyring()
    classes = frozenset[DataClass]().union(*(readable_classes(one.purpose) for one in lists))
    for journey, to_come in flights:
        if found.travellers >= MOST_TRAVELLERS or time.monotonic() > end:
            return
        picture = read_picture(journey, timezone.localtime(now), keys)
        day = found.days.setdefault(journey.departure_date, Day(journey.departure_date))
        asked = sum(bool(each.seen_as(classes)) for each in picture.travellers if each.travelling)
        found.flights += 1
        found.travellers += asked
        day.travellers += asked
        for hit in screen(picture, lists, (), {}, settings.OPERATING_POINTS):
            day.queued += hit.queued
            day.dossier += not hit.queued
            found.raised.append((journey, hit, to_come))


def _named(who: Who, name: str, raised: Sequence[tuple[Journey, RaisedHit]]) -> tuple[WouldBe, ...]:
    """The hits that would be, of those whom the asker's purpose may see: the surest first."""
    rows = JourneyTraveller.objects.filter(pk__in={hit.traveller for _, hit in raised})
    shown = faces(rows, classes_for(who))
    standing = set(
        Hit.objects.filter(cause_kind=CauseKind.WATCHLIST, cause_source=name, traveller__in=shown).values_list(
            "traveller_id", "cause_key"
        )
    )
    return tuple(
        WouldBe(
            hit,
            shown[hit.traveller],
            journey.pk,
            journey.designator,
            journey.departure_date,
            (hit.traveller, hit.cause.key) in standing,
        )
        for journey, hit in raised
        if hit.traveller in shown
    )


def _entries(
    name: str, tried: Sequence[Entry], lists: Sequence[ListInForce], found: _Found, now: datetime
) -> Iterator[EntryTried]:
    """The entries that raise most, each with the strangers to expect of it.

    Whom a person confirmed to be the entry's is no stranger, and whom nobody decided about may be one.
    """
    confirmed = set(
        Decision.objects.filter(
            hit__cause_kind=CauseKind.WATCHLIST,
            hit__cause_source=name,
            hit__traveller__among={hit.traveller for _, hit, _ in found.raised},
            identity=Identity.SAME,
            effective_at__isnull=False,
        ).values_list("hit__traveller_id", "hit__cause_key")
    )
    strangers = Counter(hit.cause.key for _, hit, _ in found.raised if (hit.traveller, hit.cause.key) not in confirmed)
    passing, indexes = traffic(now), {one.purpose: one.index for one in lists}
    for entry in sorted(tried, key=lambda each: (-strangers[each.id], each.id))[:ENTRIES_SHOWN]:
        assert entry.terms  # noqa: S101 - others were not let in
        yield EntryTried(
            entry,
            strangers[entry.id],
            observed(strangers[entry.id], found.travellers / passing.a_week) if passing.a_week else None,
            _expected(entry, indexes[entry.terms.purpose], passing),
        )


def namesakes_of(name: str, entry: Entry, now: datetime) -> float:
    """The strangers a week that the frequencies of a list in force expect of one of its entries, which has its terms.

    Whoever calls has been shown the entry. Nothing where the list is not in force.
    """
    lists = (
        one for one in lists_in_force(now) if one.name == name and entry.terms and one.purpose == entry.terms.purpose
    )
    passing = traffic(now)
    return sum(_expected(entry, one.index, passing) for one in lists)


def _expected(entry: Entry, index: ListIndex, passing: Traffic) -> float:
    points = settings.OPERATING_POINTS
    threshold = points.advisory if entry.advisory else points.review
    return namesakes(entry, index, threshold, passing.a_week, passing.undated)
