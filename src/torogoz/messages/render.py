"""A message as the JSON object that other people's scripts rely on (docs: the command `torogoz parse`).

Unknown is null, never an empty text. Times of flights are local and carry no offset; times with one are UTC. Of a card
only the last four digits are given; of what is withheld only how much.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from torogoz.domain.booking import Booking
from torogoz.domain.finding import Finding
from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Contact, Traveller
from torogoz.edifact.findings import CATALOGUE


def as_json(message: Message, language: str = "en") -> dict[str, Any]:
    """The object of one message; one that cannot be read has only its findings."""
    findings = [_finding(finding, language) for finding in message.findings]
    if not message.readable:
        return {"message": message.number, "type": None, "findings": findings}
    return {
        "message": message.number,
        "type": message.type,
        "version": message.version,
        "function": message.function,
        "qualifier": message.qualifier,
        "sender": message.sender,
        "reference": message.reference,
        "common_reference": message.common_reference,
        "part": {"number": message.part.number, "last": message.part.last} if message.part else None,
        "flights": [_leg(leg) for leg in message.flights],
        "expected_travellers": message.expected_travellers,
        "expected_bookings": message.expected_bookings,
        "travellers": [_traveller(traveller) for traveller in message.travellers],
        "bookings": [_booking(booking, message.travellers) for booking in message.bookings],
        **_said_back(message),
        "findings": findings,
        "withheld": {"SSR": message.withheld.ssr, "free_text": message.withheld.free_text},
    }


def _said_back(message: Message) -> dict[str, Any]:
    """What a message says about another one, where it is of such a type."""
    said: dict[str, Any] = {}
    if message.type == "CUSRES":
        said["transaction"] = message.transaction
    if message.type in ("CUSRES", "ACKRES"):
        said["responses"] = [
            {
                "level": each.level.value,
                "record_locator": each.record_locator,
                "reference": each.reference,
                "code": each.code,
                "text": each.text,
            }
            for each in message.responses
        ]
    if message.type == "CONTRL":
        said["reports"] = [asdict(each) for each in message.reports]
    return said


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    deviation = CATALOGUE[finding.code]
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "segment": finding.segment,
        "position": finding.position,
        "text": deviation.es if language == "es" else deviation.en,
    }


def _leg(leg: FlightLeg) -> dict[str, Any]:
    return {
        **_designator(leg.designator),
        "departure_airport": leg.departure_airport,
        "arrival_airport": leg.arrival_airport,
        "departure_local": _local(leg.departure_local),
        "arrival_local": _local(leg.arrival_local),
        "operating": _designator(leg.operating) if leg.operating else None,
    }


def _designator(designator: Designator) -> dict[str, str]:
    return {"carrier": designator.carrier, "number": designator.number + designator.suffix}


def _local(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def _traveller(traveller: Traveller) -> dict[str, Any]:
    bags = traveller.bags
    return {
        "role": traveller.role.value,
        "surname": traveller.surname,
        "given_names": traveller.given_names,
        "title": traveller.title,
        "sex": traveller.sex.value if traveller.sex else None,
        "birth_date": str(traveller.birth_date) if traveller.birth_date else None,
        "nationality": traveller.nationality,
        "residence": traveller.residence,
        "birth_place": traveller.birth_place,
        "documents": [
            {
                "type": document.type,
                "number": document.number,
                "issuer": document.issuer,
                "expiry": document.expiry.isoformat() if document.expiry else None,
            }
            for document in traveller.documents
        ],
        "record_locator": traveller.record_locator,
        "reference": traveller.reference,
        "seat": traveller.seat,
        "status": traveller.status,
        "bags": {"count": bags.count, "weight_kg": bags.weight_kg, "tags": list(bags.tags)} if bags else None,
        "contacts": _contacts(traveller.contacts),
        "frequent_flyer": [{"carrier": each.carrier, "number": each.number} for each in traveller.frequent_flyer],
        "infant": traveller.infant,
        "checked_in": traveller.checked_in,
    }


def _contacts(contacts: tuple[Contact, ...]) -> list[dict[str, str]]:
    return [{"kind": contact.kind.value, "value": contact.value} for contact in contacts]


def _booking(booking: Booking, travellers: tuple[Traveller, ...]) -> dict[str, Any]:
    """A booking; its contacts are its own and those of its travellers, since senders put them in either place."""
    of_travellers = (contact for place in booking.travellers for contact in travellers[place].contacts)
    return {
        "record_locator": booking.record_locator,
        "carrier": booking.carrier,
        "created_at": booking.created_at.strftime("%Y-%m-%dT%H:%MZ") if booking.created_at else None,
        "cancelled": booking.cancelled,
        "travellers": list(booking.travellers),
        "itinerary": [_leg(leg) for leg in booking.itinerary],
        "agency": (
            {"code": booking.agency.code, "city": booking.agency.city, "country": booking.agency.country}
            if booking.agency
            else None
        ),
        "contacts": _contacts(tuple(dict.fromkeys((*booking.contacts, *of_travellers)))),
        "payments": [{"form": payment.form, "card_last4": payment.card_last4} for payment in booking.payments],
        "tickets": [{"number": ticket.number} for ticket in booking.tickets],
        "bags": booking.bags,
        "split_from": booking.split_from,
    }
