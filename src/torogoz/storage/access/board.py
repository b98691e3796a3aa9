"""The board of flights and the page of one flight: counts, what is missing, who travels, hits by gravity.

Missing is measured against the imported schedule, against what is agreed with the carrier (domain.carrier: bookings are
due a day before departure and the passengers' list at departure where nothing else is, LR-06), and against what the
carrier itself announced. What is not due, or lacks in an outage that was declared, is told apart (LR-07).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.coverage import State, states
from torogoz.domain.hit import HitStatus, Ruling
from torogoz.domain.journey import DOORS_CLOSE, Direction, Mode
from torogoz.domain.purpose import DataClass
from torogoz.domain.staff import StaffRole, Who
from torogoz.domain.traveller import TravellerRole
from torogoz.privacy.schedule import Data
from torogoz.storage.access.faces import Face, faces, sources
from torogoz.storage.access.guard import admit, classes_for, hits_for, refuse
from torogoz.storage.access.masked import MaskedRecord, masked_records
from torogoz.storage.agreements import agreements, outages
from torogoz.storage.audit import record
from torogoz.storage.clocks import told_since
from torogoz.storage.coverage import BOOKED, flown
from torogoz.storage.models import Journey, JourneyTraveller, ReceivedMessage
from torogoz.storage.series import INCOMPLETE

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from torogoz.domain.carrier import Agreement
    from torogoz.domain.coverage import Outage

MAY = frozenset({StaffRole.ANALYST, StaffRole.SUPERVISOR})
#: The board's reach, back and forward.
REACH = timedelta(hours=24)
BANDS = (1, 2, 3, 4)

TravellerStatus = JourneyTraveller.Status
OffReason = JourneyTraveller.OffReason
MessageStatus = ReceivedMessage.Status

_UNDECIDED = (HitStatus.OPEN, HitStatus.AWAITING_SECOND)


class Lack(StrEnum):
    """What a flight lacks; `awaited` is not due yet, `not_due` never is, and an outage was declared."""

    NO_API = "no_api"
    NO_PNR = "no_pnr"
    API_AWAITED = "api_awaited"
    INCOMPLETE = "incomplete"
    NOT_SCHEDULED = "not_scheduled"
    OUTAGE = "outage"
    API_NOT_DUE = "api_not_due"
    PNR_NOT_DUE = "pnr_not_due"
    PNR_INCOMPLETE = "pnr_incomplete"


@dataclass(frozen=True, slots=True)
class Flight:
    """A flight on the board. `due_at` is what its countdown runs to: landing, or doors closing. Hits are by band.

    `with_api` counts passengers, as the carrier's announced number does; `travelling` counts the crew too. `booked` are
    the bookings that pushes named, also those cancelled since.
    """

    id: int
    designator: str
    code_shares: tuple[str, ...]
    departure_airport: str
    arrival_airport: str
    direction: Direction
    departure_at: datetime | None
    arrival_at: datetime | None
    due_at: datetime | None
    closed: bool
    cancelled: bool
    with_api: int
    with_pnr: int
    travelling: int
    expected: int | None
    lacks: tuple[Lack, ...]
    hits: tuple[tuple[int, int], ...]
    mode: Mode
    booked: int = 0
    announced_bookings: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The flights to come, the next first, and those that were, the latest first."""

    coming: tuple[Flight, ...]
    gone: tuple[Flight, ...]


@dataclass(frozen=True, slots=True)
class Passenger:
    """A traveller of a flight; `hits` are the undecided ones by band, `advisory` those that only the dossier weighs."""

    id: int
    face: Face
    role: TravellerRole
    status: TravellerStatus
    off_reason: OffReason | None
    minor: bool
    sources: tuple[DataClass, ...]
    disagreements: int
    hits: tuple[tuple[int, int], ...]
    advisory: int


@dataclass(frozen=True, slots=True)
class Times:
    """Times that became known of a flight, on the walls of its airports."""

    known_at: datetime
    departure_local: str
    arrival_local: str


@dataclass(frozen=True, slots=True)
class FlightMessage:
    """A message that spoke of a flight."""

    id: int
    received_at: datetime
    type: str
    function: str
    qualifier: str
    status: MessageStatus
    travellers: int
    findings: int
    waits: bool
    incomplete: bool


@dataclass(frozen=True, slots=True)
class FlightPage:
    """A flight whole. `hidden` counts travellers whom the asker's purpose may not read.

    `masked` are the records of which the asker may see what holds them; `forgotten` says that all others are past their
    time, so that nothing is missing although nothing is there.
    """

    flight: Flight
    passengers: tuple[Passenger, ...]
    hidden: int
    masked: tuple[MaskedRecord, ...]
    forgotten: bool
    retimings: tuple[Times, ...]
    messages: tuple[FlightMessage, ...]


def board(who: Who, now: datetime, *, live: bool = False) -> Board:
    """The flights of the last and the next day. A live refresh leaves no audit entry."""
    admit(who, MAY, now, purpose=True)
    window = (now - REACH, now + REACH)
    near = Q(departure_at__range=window) | Q(arrival_at__range=window)
    # Where an airport is unknown there is no UTC: the day has to do.
    near |= Q(departure_at=None, departure_date__range=(window[0].date(), window[1].date()))
    flights = _flights(Journey.objects.filter(near), who, now)
    if not live:
        record(AuditEvent.VIEWED_BOARD, now, who=who, counts={"flights": len(flights)})
    return Board(
        coming=tuple(sorted((each for each in flights if not _past(each, now)), key=_when)),
        gone=tuple(sorted((each for each in flights if _past(each, now)), key=_when, reverse=True)),
    )


def flight_page(who: Who, journey_id: int, now: datetime) -> FlightPage:
    """One flight with everybody on it whom the asker's purpose may read."""
    admit(who, MAY, now, purpose=True)
    journey = Journey.objects.filter(pk=journey_id).first()
    if journey is None:
        refuse(who, now)
    rows = list(journey.travellers.filter(merged_into=None, masked_at=None))
    shown = faces(rows, classes_for(who))
    record(
        AuditEvent.VIEWED_FLIGHT,
        now,
        who=who,
        object_type="journey",
        object_id=journey_id,
        counts={"travellers": len(shown)},
    )
    return FlightPage(
        flight=_flights(Journey.objects.filter(pk=journey_id), who, now)[0],
        passengers=_passengers(journey, rows, shown, who),
        hidden=len(rows) - len(shown),
        masked=masked_records(who, now, journey=journey_id),
        forgotten=_forgotten(journey, now),
        retimings=tuple(
            Times(each.known_at, each.departure_local, each.arrival_local)
            for each in journey.retimings.order_by("known_at", "pk")
        ),
        messages=tuple(
            FlightMessage(
                each.pk,
                each.received_at,
                each.type,
                each.function,
                each.qualifier,
                MessageStatus(each.status),
                each.travellers,
                len(each.findings),
                each.waits_until is not None,
                any(finding["code"] == INCOMPLETE for finding in each.findings),
            )
            for each in journey.messages.order_by("received_at", "pk")
        ),
    )


def _passengers(
    journey: Journey, rows: Collection[JourneyTraveller], shown: dict[int, Face], who: Who
) -> tuple[Passenger, ...]:
    """Who has hits first, the gravest on top; then by name."""
    hits: dict[int, dict[int, int]] = defaultdict(dict)
    advisory: dict[int, int] = defaultdict(int)
    raised = hits_for(who).filter(journey=journey, status__in=_UNDECIDED).exclude(ruling=Ruling.CLEARED)
    for traveller, queued, band, number in (
        raised.values_list("traveller", "queued", "gravity").annotate(number=Count("pk")).order_by()
    ):
        if queued:
            hits[traveller][band] = number
        else:
            advisory[traveller] += number
    classes = classes_for(who)
    passengers = [
        Passenger(
            id=row.pk,
            face=shown[row.pk],
            role=TravellerRole(row.role),
            status=TravellerStatus(row.status),
            off_reason=OffReason(row.off_reason) if row.off_reason else None,
            minor=row.minor,
            sources=tuple(sorted(sources(row) & classes)),
            disagreements=row.disagreements if sources(row) <= classes else 0,
            hits=tuple(sorted(hits[row.pk].items())),
            advisory=advisory[row.pk],
        )
        for row in rows
        if row.pk in shown
    ]
    passengers.sort(key=lambda each: (each.hits or ((9, 0),), each.face.surname, each.face.given_names, each.id))
    return tuple(passengers)


def _flights(journeys: QuerySet[Journey], who: Who, now: datetime) -> list[Flight]:
    travels = ~Q(travellers__status=TravellerStatus.NOT_TRAVELLING) & Q(travellers__merged_into=None)
    travels &= Q(travellers__masked_at=None)
    passengers = ~Q(travellers__role=TravellerRole.CREW)
    listed = Q(travellers__has_api=True, travellers__merged_into=None) & passengers
    counted = journeys.annotate(
        travelling=Count("travellers", filter=travels),
        with_api=Count("travellers", filter=travels & listed),
        with_pnr=Count("travellers", filter=travels & Q(travellers__has_pnr=True)),
        listed=Count("travellers", filter=listed),
        booked=BOOKED,
    ).prefetch_related("designators")
    hits: dict[int, dict[int, int]] = defaultdict(dict)
    for journey, band, number in (
        hits_for(who)
        .filter(journey__in=journeys, queued=True, status__in=_UNDECIDED)
        .values_list("journey", "gravity")
        .annotate(number=Count("pk"))
        .order_by()
    ):
        hits[journey][band] = number
    rows = list(counted)
    codes = {journey.carrier for journey in rows}
    agreed, declared = agreements(codes), outages(codes, now - 10 * REACH)
    return [
        Flight(
            id=journey.pk,
            designator=journey.designator,
            code_shares=tuple(f"{each.carrier}{each.number}{each.suffix}" for each in journey.designators.all()),
            departure_airport=journey.departure_airport,
            arrival_airport=journey.arrival_airport,
            direction=Direction(journey.direction),
            departure_at=journey.departure_at,
            arrival_at=journey.arrival_at,
            due_at=_due_at(journey),
            closed=journey.status == Journey.Status.CLOSED,
            cancelled=journey.status == Journey.Status.CANCELLED,
            with_api=journey.with_api,
            with_pnr=journey.with_pnr,
            travelling=journey.travelling,
            expected=journey.expected_travellers,
            lacks=tuple(_lacks(journey, agreed[journey.carrier], declared[journey.carrier], now)),
            hits=tuple(sorted(hits[journey.pk].items())),
            mode=Mode(journey.mode),
            booked=journey.booked,
            announced_bookings=journey.expected_bookings,
        )
        for journey in rows
    ]


def _due_at(journey: Journey) -> datetime | None:
    if journey.direction == Direction.INBOUND and journey.arrival_at:
        return journey.arrival_at
    return journey.departure_at - DOORS_CLOSE if journey.departure_at else None


#: class and state → what a flight lacks; where nothing stands, nothing is to be told.
_TOLD = {
    (DataClass.API, State.MISSING): Lack.NO_API,
    (DataClass.API, State.AWAITED): Lack.API_AWAITED,
    (DataClass.API, State.SHORT): Lack.INCOMPLETE,
    (DataClass.API, State.OUTAGE): Lack.OUTAGE,
    (DataClass.API, State.NOT_DUE): Lack.API_NOT_DUE,
    (DataClass.PNR, State.MISSING): Lack.NO_PNR,
    (DataClass.PNR, State.SHORT): Lack.PNR_INCOMPLETE,
    (DataClass.PNR, State.OUTAGE): Lack.OUTAGE,
    (DataClass.PNR, State.NOT_DUE): Lack.PNR_NOT_DUE,
}


def _lacks(journey: Journey, agreement: Agreement, declared: Collection[Outage], now: datetime) -> list[Lack]:
    """What is missing, by the class; a flight of which no departure is known is held to leave now."""
    if journey.status == Journey.Status.CANCELLED or _forgotten(journey, now):
        return []
    found = states(flown(journey, now), agreement, declared, now)
    lacks = list(dict.fromkeys(told for each in found.items() if (told := _TOLD.get(each))))
    return lacks if journey.scheduled else [*lacks, Lack.NOT_SCHEDULED]


def _forgotten(journey: Journey, now: datetime) -> bool:
    """Whether what was sent of a flight may be past its time: then what is not there does not lack."""
    return journey.departure_at is not None and journey.departure_at < told_since(Data.API, now)


def _past(flight: Flight, now: datetime) -> bool:
    return flight.due_at is not None and flight.due_at < now


def _when(flight: Flight) -> tuple[float, int]:
    return (flight.due_at.timestamp() if flight.due_at else float("inf"), flight.id)
