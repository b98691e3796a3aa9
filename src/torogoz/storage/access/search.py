"""Looking somebody up: by name, document, booking or flight, always for a purpose (LR-20, LR-50).

What was searched is sealed with the audit entry. A source that the purpose does not read is not searched: who is known
from bookings only is not found under border control. Results are limited, and say how many there are in all.

Who landed more than a day ago, and of whom nothing was found, is left alone (LR-46; Opinion 1/15 §§201–208): only
a search with a ground, the case that asks for it, reaches back to them, and the ground is sealed with its audit entry.
Masked records are reached by none (LR-25).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.document import document_key
from torogoz.domain.hit import HitStatus
from torogoz.domain.name import fold
from torogoz.domain.purpose import DataClass
from torogoz.domain.staff import StaffRole
from torogoz.storage.access.faces import Face, faces
from torogoz.storage.access.guard import admit, classes_for, hits_for
from torogoz.storage.access.own_name import own_name
from torogoz.storage.audit import record
from torogoz.storage.clocks import in_force, local_day, undecided
from torogoz.storage.keys import keyring
from torogoz.storage.models import Hit, Hold, Identifier, Journey, JourneyTraveller

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from torogoz.domain.staff import Who

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: A search shows this many.
MOST = 50
#: So long after landing, or leaving where that is unknown, somebody of whom nothing was found is left alone.
LEFT_ALONE_AFTER = timedelta(hours=24)
#: A name is searched from this many letters on: fewer would list the house.
SHORTEST_NAME = 2

TravellerStatus = JourneyTraveller.Status

_SPEAKS = {DataClass.API: "has_api", DataClass.PNR: "has_pnr"}
_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)
_FLIGHT = re.compile(r"([A-Z]\d|\d[A-Z]|[A-Z]{2,3}) ?0*(\d{1,4})([A-Z]?)(?: (\d{4}-\d\d-\d\d))?\Z")
_LOCATOR = re.compile(r"[0-9A-Z]{5,8}\Z")


class By(StrEnum):
    """What a search is by."""

    NAME = "name"
    DOCUMENT = "document"
    LOCATOR = "locator"
    FLIGHT = "flight"


@dataclass(frozen=True, slots=True)
class Found:
    """A traveller on a flight."""

    id: int
    face: Face
    journey: int
    designator: str
    departure_date: date
    departure_airport: str
    arrival_airport: str
    status: TravellerStatus
    hits: int


@dataclass(frozen=True, slots=True)
class FoundFlight:
    """A flight."""

    id: int
    designator: str
    departure_date: date
    departure_airport: str
    arrival_airport: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, the latest departure first, and how many there are in all."""

    people: tuple[Found, ...]
    flights: tuple[FoundFlight, ...]
    total: int


def understood(by: By, text: str) -> bool:
    """Whether a text can be searched: a name of two letters, a document number, a locator, a flight number."""
    match by:
        case By.NAME:
            return len(fold(text.partition(",")[0])) >= SHORTEST_NAME
        case By.DOCUMENT:
            return bool(document_key(text))
        case By.LOCATOR:
            return bool(_LOCATOR.match(text.strip().upper()))
    return _flight(text) is not None


def search(who: Who, by: By, text: str, now: datetime, *, ground: str = "") -> Results:
    """Search for a text that is understood; with a ground also among those who have travelled and are left alone."""
    admit(who, MAY, now, purpose=True)
    if by is By.FLIGHT:
        results = _flights(text)
    else:
        matching = _matching(who, by, text)
        results = _people(who, matching if ground else matching.filter(_not_left_alone(now)), by, text)
    surname, _, given = text.partition(",")
    own = own_name(who, surname, given, searched=True) if by is By.NAME else {}
    with transaction.atomic():
        said = f"{by}: {text}" + (f" ({ground})" if ground else "")
        record(AuditEvent.SEARCHED, now, who=who, counts={"found": results.total, **own}, text=said)
    return results


def _not_left_alone(now: datetime) -> Q:
    """Who is travelling still, and of whom a hit waits or a hold is in force."""
    since = now - LEFT_ALONE_AFTER
    travels = Q(journey__arrival_at__gte=since) | Q(journey__arrival_at=None, journey__departure_at__gte=since)
    unknown = Q(journey__arrival_at=None, journey__departure_at=None)
    waits = Exists(Hit.objects.filter(undecided(), traveller=OuterRef("pk")))
    held = Exists(Hold.objects.filter(in_force(local_day(now)), traveller=OuterRef("pk")))
    return travels | unknown | Q(waits) | Q(held)


def _matching(who: Who, by: By, text: str) -> QuerySet[JourneyTraveller]:
    classes = classes_for(who)
    readable = [Q(**{column: True}) for source, column in _SPEAKS.items() if source in classes]
    rows = JourneyTraveller.objects.filter(reduce(or_, readable), merged_into=None, masked_at=None)
    if by is By.NAME:
        surname, _, given = text.partition(",")
        return _named(rows, fold(surname)).filter(given_names__istartswith=given.strip())
    if by is By.LOCATOR:
        return rows.filter(record_locator=text.strip().upper())
    kind = Identifier.Kind.DOCUMENT
    hashes = keyring().blinds(kind, document_key(text))
    having = Identifier.objects.filter(kind=kind, keyed_hash__in=hashes, data_class__in=classes)
    return rows.filter(pk__in=having.values("traveller"))


def _named(rows: QuerySet[JourneyTraveller], key: str) -> QuerySet[JourneyTraveller]:
    """Surnames that begin with the key, found by range so that the index serves (design §7)."""
    rows = rows.filter(surname_key__gte=key, surname_key__startswith=key)
    stem = key.rstrip("Z ")
    return rows.filter(surname_key__lt=stem[:-1] + chr(ord(stem[-1]) + 1)) if stem else rows


def _people(who: Who, rows: QuerySet[JourneyTraveller], by: By, text: str) -> Results:
    total = rows.count()
    page = list(rows.select_related("journey").order_by("-journey__departure_date", "surname_key", "pk")[:MOST])
    shown = faces(page, classes_for(who))
    if by is By.LOCATOR:  # it may stand in the booking alone, which the purpose may not read
        wanted = text.strip().upper()
        unread = {pk for pk, face in shown.items() if face.record_locator != wanted}
        shown = {pk: face for pk, face in shown.items() if pk not in unread}
        total -= len(unread)
    raised = hits_for(who).filter(traveller__in=list(shown), status__in=_UNDECIDED)
    hits = dict(raised.values_list("traveller").annotate(number=Count("pk")).order_by())
    people = tuple(
        Found(
            id=row.pk,
            face=shown[row.pk],
            journey=row.journey_id,
            designator=row.journey.designator,
            departure_date=row.journey.departure_date,
            departure_airport=row.journey.departure_airport,
            arrival_airport=row.journey.arrival_airport,
            status=TravellerStatus(row.status),
            hits=hits.get(row.pk, 0),
        )
        for row in page
        if row.pk in shown
    )
    return Results(people, (), total)


def _flight(text: str) -> tuple[str, str, str, date | None] | None:
    found = _FLIGHT.match(" ".join(text.upper().split()))
    if found is None:
        return None
    carrier, number, suffix, day = found.groups()
    try:
        return carrier, number, suffix, date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _flights(text: str) -> Results:
    wanted = _flight(text)
    if wanted is None:
        return Results((), (), 0)
    carrier, number, suffix, day = wanted
    own = Q(carrier=carrier, number=number, suffix=suffix)
    shared = Q(designators__carrier=carrier, designators__number=number, designators__suffix=suffix)
    rows = Journey.objects.filter(own | shared).distinct()
    if day:
        rows = rows.filter(departure_date=day)
    flights = tuple(
        FoundFlight(row.pk, row.designator, row.departure_date, row.departure_airport, row.arrival_airport)
        for row in rows.order_by("-departure_date", "pk")[:MOST]
    )
    return Results((), flights, rows.count())
