"""An invented flight and the ways in which a test varies it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from torogoz.domain.booking import Booking
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.journey import Designator, Direction, FlightKey, FlightLeg
from torogoz.domain.picture import FlightPicture, History, PicturedFlight, PicturedTraveller, View
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.targeting.facts import Facts, facts
from torogoz.targeting.field import Value


def local(text: str) -> datetime:
    """A time on the wall of an airport, which has no offset."""
    return datetime.fromisoformat(text)


API = frozenset({DataClass.API})
PNR = frozenset({DataClass.PNR})
BOTH = API | PNR

DEPARTURE = local("2026-11-22T23:10")
KNOWN_AT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
DESIGNATOR = Designator("TA", "0570")
FLIGHT = PicturedFlight(
    id=1,
    key=FlightKey(DESIGNATOR, DEPARTURE.date(), "LAX"),
    arrival_airport="SAL",
    direction=Direction.INBOUND,
    departure_local=DEPARTURE,
    arrival_local=local("2026-11-23T06:05"),
    departure_at=datetime(2026, 11, 23, 7, 10, tzinfo=UTC),
    arrival_at=datetime(2026, 11, 23, 12, 5, tzinfo=UTC),
    departure_country="USA",
    arrival_country="SLV",
)
LEG = FlightLeg(DESIGNATOR, "LAX", "SAL", DEPARTURE, local("2026-11-23T06:05"))


def leg(start: str | None, end: str | None, departure: datetime | None = None) -> FlightLeg:
    return FlightLeg(Designator("TA", "9"), start, end, departure)


def passport(number: str, **other: Any) -> Document:
    terms: dict[str, Any] = {"type": "P", "issuer": "SLV", "expiry": date(2030, 5, 1)} | other
    return Document(number, **terms)


def said(surname: str | None = "EJEMPLO", *, birth: str | None = "1988-02-29", **other: Any) -> Traveller:
    """What one message says of a traveller."""
    return Traveller(
        **{
            "role": TravellerRole.PASSENGER,
            "surname": surname,
            "given_names": "ANA SINTETICA",
            "birth_date": PartialDate.parse(birth) if birth else None,
        }
        | other
    )


def api(traveller: Traveller, message: int = 1) -> View:
    return View(DataClass.API, message, KNOWN_AT, traveller)


def pnr(traveller: Traveller, booking: Booking | None = None, message: int = 2) -> View:
    return View(DataClass.PNR, message, KNOWN_AT, traveller, booking)


def picture(*travellers: tuple[View, ...], flight: PicturedFlight = FLIGHT) -> FlightPicture:
    """A flight whose travellers are numbered from 1 in the order given."""
    people = tuple(PicturedTraveller(number, views) for number, views in enumerate(travellers, 1))
    return FlightPicture(flight, people, KNOWN_AT)


def rows(
    *travellers: tuple[View, ...],
    classes: frozenset[DataClass] = BOTH,
    flight: PicturedFlight = FLIGHT,
    history: Mapping[int, History] | None = None,
) -> tuple[Facts, ...]:
    return facts(picture(*travellers, flight=flight), classes, history or {})


def values(*travellers: tuple[View, ...], **how: Any) -> Mapping[str, Value | None]:
    """The facts of the first traveller."""
    return rows(*travellers, **how)[0].values
