"""PAXLST: one message's statement of a flight and its people, as segments (UN/EDIFACT, guides 2010 to 2016)."""

from __future__ import annotations

from datetime import datetime

from torogoz.domain.document import Document
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Bags, Traveller, TravellerRole
from torogoz.edifact.writer import Segment
from torogoz.synth.dialects import Dialect

_ROLES = {TravellerRole.PASSENGER: "FL", TravellerRole.CREW: "FM", TravellerRole.TRANSIT: "DDU"}


def paxlst_segments(message: Message, dialect: Dialect, home: str) -> list[Segment]:
    """The segments between UNH and UNT. `home` is the airport at which the flight meets the state."""
    name = (message.function or "745",)
    segments: list[Segment] = [
        ("BGM", name, message.qualifier) if message.qualifier else ("BGM", name),
        ("NAD", "MS", "", "", f"{message.sender} OPERATIONS"),
        ("COM", ("000 5550100", "TE"), ("000 5550101", "FX")),
    ]
    for leg in message.flights:
        segments += _leg_segments(leg, home)
    for traveller in message.travellers:
        segments += _traveller_segments(traveller, message, dialect, home)
    if message.expected_travellers is not None:
        count = "41" if message.function == "250" else "42"
        segments.append(("CNT", (count, str(message.expected_travellers))))
    return segments


def _leg_segments(leg: FlightLeg, home: str) -> list[Segment]:
    crosses = home in (leg.departure_airport, leg.arrival_airport)
    return [
        ("TDT", "20", str(leg.designator), "", "", leg.designator.carrier),
        ("LOC", "125" if crosses else "92", leg.departure_airport or ""),
        ("DTM", ("189", _minutes(leg.departure_local), "201")),
        ("LOC", "87" if crosses else "92", leg.arrival_airport or ""),
        ("DTM", ("232", _minutes(leg.arrival_local), "201")),
    ]


def _traveller_segments(traveller: Traveller, message: Message, dialect: Dialect, home: str) -> list[Segment]:
    given = traveller.given_names or ""
    first, _, middle = given.partition(" ") if dialect.split_given else (given, "", "")
    names = (traveller.surname or "", first, middle) if middle else (traveller.surname or "", first)
    segments: list[Segment] = [("NAD", _ROLES[traveller.role], "", "", names)]
    if traveller.sex:
        segments.append(("ATT", "2", "", traveller.sex.value))
    born = traveller.birth_date.whole() if traveller.birth_date else None
    if born:
        segments.append(("DTM", ("329", f"{born:%Y%m%d}", "102") if dialect.century else ("329", f"{born:%y%m%d}")))
    if traveller.bags:
        segments += _bag_segments(traveller.bags)
    segments += [
        ("LOC", "22", home),
        ("LOC", "178", message.flights[0].departure_airport or ""),
        ("LOC", "179", message.flights[-1].arrival_airport or ""),
    ]
    if traveller.residence:
        segments.append(("LOC", "174", traveller.residence))
    if traveller.birth_place:
        segments.append(("LOC", "180", ("", "", "", traveller.birth_place)))
    if traveller.nationality:
        segments.append(("NAT", "2", traveller.nationality))
    for qualifier, value in (
        ("AVF", traveller.record_locator), ("ABO", traveller.reference), ("SEA", traveller.seat),
    ):  # fmt: skip
        if value:
            segments.append(("RFF", (qualifier, value)))
    return segments + [piece for document in traveller.documents for piece in _document_segments(document)]


def _bag_segments(bags: Bags) -> list[Segment]:
    segments: list[Segment] = [("MEA", "CT", "", ("", str(bags.count)))]
    if bags.weight_kg is not None:
        segments.append(("MEA", "WT", "", ("KGM", f"{bags.weight_kg:g}")))
    return segments + [("FTX", "BAG", "", "", tag) for tag in bags.tags]


def _document_segments(document: Document) -> list[Segment]:
    segments: list[Segment] = [("DOC", (document.type or "", "110", "111"), document.number)]
    if document.expiry:
        segments.append(("DTM", ("36", f"{document.expiry:%y%m%d}")))
    if document.issuer:
        segments.append(("LOC", "91", document.issuer))
    return segments


def _minutes(moment: datetime | None) -> str:
    return f"{moment:%y%m%d%H%M}" if moment else ""
