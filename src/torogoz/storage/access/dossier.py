"""The dossier of a traveller on a flight: each source side by side, hits, other journeys, and all that was done.

Everything is read under the asker's purpose: a source that it may not read is not there, only that it is withheld is
said. Cards are cut to their last four digits. Opening a dossier is an audit entry, and marks its hits as seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from msgspec.structs import replace

from torogoz.domain.audit import AuditEvent
from torogoz.domain.booking import Booking
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.hit import Ruling
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.privacy.schedule import Data
from torogoz.storage.access.board import OffReason, TravellerStatus
from torogoz.storage.access.compared import Compared, compare
from torogoz.storage.access.faces import Face, faces, sources
from torogoz.storage.access.guard import admit, classes_for, hits_for, refuse, visible
from torogoz.storage.access.hits import ReadHit, mark_seen, read_hit
from torogoz.storage.access.holds import days_to_offer
from torogoz.storage.access.own_name import own_name
from torogoz.storage.access.timeline import Moment, timeline
from torogoz.storage.audit import record
from torogoz.storage.clocks import in_force, local_day, told_since
from torogoz.storage.evidence import latest_views
from torogoz.storage.keys import keyring
from torogoz.storage.models import Hit, Hold, JourneyTraveller, Observation, PersonLink

if TYPE_CHECKING:
    from torogoz.domain.picture import View
    from torogoz.domain.staff import Who
    from torogoz.storage.models import Journey


@dataclass(frozen=True, slots=True)
class DossierFlight:
    """The flight a traveller is on."""

    id: int
    designator: str
    code_shares: tuple[str, ...]
    direction: Direction
    departure_airport: str
    arrival_airport: str
    departure_date: date
    departure_at: datetime | None
    arrival_at: datetime | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one source last said, with cards cut to four digits. `lines`: the copy of its message is still kept."""

    data_class: DataClass
    message: int
    known_at: datetime
    traveller: Traveller
    booking: Booking | None
    lines: bool


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody of the same booking on the same flight."""

    id: int
    face: Face
    minor: bool
    travelling: bool
    hits: int


@dataclass(frozen=True, slots=True)
class Link:
    """Why a traveller is held to be the person: the rule, and the facts as codes. Undone links say who and why."""

    id: int
    kind: str
    clues: tuple[tuple[str, str], ...]
    made_at: datetime
    undone_at: datetime | None
    undone_by: str
    undone_reason: str


@dataclass(frozen=True, slots=True)
class OtherJourney:
    """Another journey of the same person, with the link that says so."""

    id: int
    designator: str
    departure_date: date
    departure_airport: str
    arrival_airport: str
    direction: Direction
    face: Face
    travelling: bool
    link: Link | None


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """What a colleague wrote."""

    id: int
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class ActiveHold:
    """What keeps the record past its clock. `reason` is empty where a confirmed hit has placed it."""

    id: int
    reason: str
    by: str
    placed_at: datetime
    review_on: date
    expires_on: date


@dataclass(frozen=True, slots=True)
class Dossier:
    """A traveller on a flight. `withheld` are the sources that the asker's purpose may not read.

    What was received before `told_since` may be gone: of other journeys before it nothing is known, not even that there
    were none.
    """

    id: int
    face: Face
    role: TravellerRole
    status: TravellerStatus
    off_reason: OffReason | None
    minor: bool
    flight: DossierFlight
    sides: tuple[Side, ...]
    withheld: frozenset[DataClass]
    compared: tuple[Compared, ...]
    companions: tuple[Companion, ...]
    hits: tuple[ReadHit, ...]
    links: tuple[Link, ...]
    journeys: tuple[OtherJourney, ...]
    notes: tuple[WrittenNote, ...]
    holds: tuple[ActiveHold, ...]
    timeline: tuple[Moment, ...]
    told_since: datetime
    days_to_hold: tuple[date, date]

    @property
    def raised(self) -> tuple[ReadHit, ...]:
        """The hits that nobody has been cleared of."""
        return tuple(each for each in self.hits if each.ruling is not Ruling.CLEARED)

    @property
    def cleared(self) -> tuple[ReadHit, ...]:
        """The hits that stand in no queue because the person is cleared."""
        return tuple(each for each in self.hits if each.ruling is Ruling.CLEARED)

    @property
    def disputed(self) -> int:
        """In how many fields the sources disagree."""
        return sum(each.disputed for each in self.compared)

    @property
    def bookings(self) -> tuple[Booking, ...]:
        """The bookings that the sides hold."""
        return tuple(each.booking for each in self.sides if each.booking)


def dossier(who: Who, traveller: int, now: datetime) -> Dossier:
    """The dossier of a traveller; of the one they were merged into, where they were."""
    row = open_traveller(who, traveller, now)
    classes = classes_for(who)
    sides = _sides(row, classes)
    hits = [read_hit(each, who, now) for each in dossier_hits(who, row)]
    counts = {"hits": len(hits), **own_name(who, row.surname, row.given_names)}
    record(AuditEvent.VIEWED_DOSSIER, now, who=who, object_type="traveller", object_id=row.pk, counts=counts)
    for each in hits:
        mark_seen(each.id, who, now)
    notes = tuple(
        WrittenNote(each.pk, each.written_by.get_username(), each.written_at, each.text)
        for each in visible(row.notes.all(), who).select_related("written_by").order_by("-pk")
    )
    return Dossier(
        id=row.pk,
        face=faces([row], classes)[row.pk],
        role=TravellerRole(row.role),
        status=TravellerStatus(row.status),
        off_reason=OffReason(row.off_reason) if row.off_reason else None,
        minor=row.minor,
        flight=flight_of(row.journey),
        sides=sides,
        withheld=sources(row) - classes,
        compared=compare(tuple(each.traveller for each in sides)),
        companions=_companions(row, who),
        hits=tuple(hits),
        links=_links(row),
        journeys=_journeys(row, classes),
        notes=notes,
        holds=active_holds(row, who, now),
        timeline=timeline(row, hits, classes, notes=[(each.at, each.by, each.text) for each in notes]),
        days_to_hold=days_to_offer(row, local_day(now)),
        told_since=max(told_since(Data(each), now) for each in sources(row) & classes),
    )


def open_traveller(who: Who, traveller: int, now: datetime) -> JourneyTraveller:
    """The row of a traveller whom the asker may read; refused to everybody else, where there is none, and if masked."""
    admit(who, REVIEWERS, now, purpose=True)
    row = JourneyTraveller.objects.select_related("journey", "merged_into__journey").filter(pk=traveller).first()
    if row and row.merged_into:
        row = row.merged_into
    if row is None or row.masked_at or not sources(row) & classes_for(who):
        refuse(who, now)
    return row


def dossier_hits(who: Who, row: JourneyTraveller) -> list[Hit]:
    """The traveller's hits that the asker may see: the gravest first, the advisory last."""
    found = hits_for(who).filter(traveller=row).select_related("traveller", "claimed_by")
    return list(found.order_by("-queued", "gravity", "-millibits", "pk"))


def flight_of(journey: Journey) -> DossierFlight:
    """The flight as a dossier and a referral head it."""
    return DossierFlight(
        id=journey.pk,
        designator=journey.designator,
        code_shares=tuple(sorted(f"{each.carrier}{each.number}{each.suffix}" for each in journey.designators.all())),
        direction=Direction(journey.direction),
        departure_airport=journey.departure_airport,
        arrival_airport=journey.arrival_airport,
        departure_date=journey.departure_date,
        departure_at=journey.departure_at,
        arrival_at=journey.arrival_at,
    )


def _sides(row: JourneyTraveller, classes: frozenset[DataClass]) -> tuple[Side, ...]:
    views = latest_views(row, classes, keyring())
    kept = set(
        Observation.objects.filter(traveller=row, message__redacted__isnull=False).values_list("message", flat=True)
    )
    return tuple(
        Side(
            view.data_class,
            view.message,
            view.known_at,
            view.traveller,
            _without_cards(view),
            view.message in kept,
        )
        for view in views
    )


def _without_cards(view: View) -> Booking | None:
    if view.booking is None:
        return None
    payments = tuple(replace(each, card=each.card_last4) for each in view.booking.payments)
    return replace(view.booking, payments=payments)


def _companions(row: JourneyTraveller, who: Who) -> tuple[Companion, ...]:
    """Who shares the booking: by the booking itself where the purpose reads it, else by the record locator it reads."""
    classes = classes_for(who)
    near = Q(record_locator=row.record_locator) if row.record_locator else Q(pk__in=())
    if DataClass.PNR in classes and row.booking_id:
        near |= Q(booking=row.booking_id)
    others = JourneyTraveller.objects.filter(near, journey=row.journey_id, merged_into=None, masked_at=None)
    rows = list(others.exclude(pk=row.pk))
    shown = faces([row, *rows], classes)
    own = shown[row.pk].record_locator
    return tuple(
        Companion(
            each.pk,
            shown[each.pk],
            each.minor,
            each.status != TravellerStatus.NOT_TRAVELLING,
            hits_for(who).filter(traveller=each, queued=True).count(),
        )
        for each in rows
        if each.pk in shown and (DataClass.PNR in classes or shown[each.pk].record_locator == own != "")
    )


def _links(row: JourneyTraveller) -> tuple[Link, ...]:
    return tuple(_link(each) for each in row.links.select_related("undone_by").order_by("-pk"))


def _link(link: PersonLink) -> Link:
    evidence = link.evidence if isinstance(link.evidence, dict) else {}
    return Link(
        id=link.pk,
        kind=evidence.get("kind", ""),
        clues=tuple((clue["field"], clue["relation"]) for clue in evidence.get("clues", ())),
        made_at=link.made_at,
        undone_at=link.undone_at,
        undone_by=link.undone_by.get_username() if link.undone_by else "",
        undone_reason=link.undone_reason,
    )


def _journeys(row: JourneyTraveller, classes: frozenset[DataClass]) -> tuple[OtherJourney, ...]:
    if row.person_id is None:
        return ()
    others = JourneyTraveller.objects.filter(person=row.person_id, merged_into=None).exclude(pk=row.pk)
    rows = list(others.select_related("journey").order_by("-journey__departure_date", "-pk"))
    links = {
        each.traveller_id: _link(each)
        for each in PersonLink.objects.filter(person=row.person_id, undone_at=None).select_related("undone_by")
    }
    shown = faces(rows, classes)
    return tuple(
        OtherJourney(
            id=each.pk,
            designator=each.journey.designator,
            departure_date=each.journey.departure_date,
            departure_airport=each.journey.departure_airport,
            arrival_airport=each.journey.arrival_airport,
            direction=Direction(each.journey.direction),
            face=shown[each.pk],
            travelling=each.status != TravellerStatus.NOT_TRAVELLING,
            link=links.get(each.pk),
        )
        for each in rows
        if each.pk in shown
    )


def active_holds(row: JourneyTraveller, who: Who, now: datetime) -> tuple[ActiveHold, ...]:
    """The holds of a record that are in force and that the asker's agency and compartments open."""
    holds = visible(Hold.objects.filter(in_force(local_day(now)), traveller=row), who).select_related("placed_by")
    return tuple(
        ActiveHold(
            each.pk,
            each.reason if each.hit_id is None else "",
            each.placed_by.get_username() if each.placed_by else "",
            each.placed_at,
            each.review_on,
            each.expires_on,
        )
        for each in holds.order_by("pk")
    )
