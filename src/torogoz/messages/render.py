"""A message as the JSON object that other people's scripts rely on (docs: the command `torogoz parse`).

Unknown is null, never an empty text. Times of flights are local and carry no offset; times with one are UTC. Of a card
only the last four digits are given; of what is withheld only how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import zip_longest
from typing import Any

from msgspec import structs

from torogoz.domain.booking import Agency, BookedLeg, Booking, Locator, Payment, Service, Split, Ticket
from torogoz.domain.finding import Finding
from torogoz.domain.journey import Designator, FlightLeg, Mode
from torogoz.domain.manifest import Message, Transaction
from torogoz.domain.traveller import Bags, Contact, Traveller
from torogoz.edifact.findings import CATALOGUE
from torogoz.messages.announcement import announcement, list_of
from torogoz.messages.legs import flown


def as_json(message: Message, language: str = "en") -> dict[str, Any]:
    """The object of one message; one that cannot be read has only its findings, and the telex that carried it."""
    findings = [_finding(finding, language) for finding in message.findings]
    telex = asdict(message.telex) if message.telex else None
    if not message.readable:
        carried = {"telex": telex} if telex else {}
        return {"message": message.number, "type": None, "findings": findings, **carried}
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
        "flights": [{**_leg(leg), "overflight": leg.overflight} for leg in message.flights],
        "expected_travellers": message.expected_travellers,
        "expected_bookings": message.expected_bookings,
        "expected_crew": message.expected_crew,
        "announces": announcement(message).value,
        "list_of": people.value if (people := list_of(message)) else None,
        "transaction": _transaction(message.transaction) if message.transaction else None,
        "travellers": [_traveller(traveller, message.flights) for traveller in message.travellers],
        "bookings": [_booking(booking, message.travellers) for booking in message.bookings],
        **_said_back(message),
        "findings": findings,
        "withheld": {"SSR": message.withheld.ssr, "free_text": message.withheld.free_text},
        "unknown": dict(message.unknown),
        "telex": telex,
    }


def _said_back(message: Message) -> dict[str, Any]:
    """What a message says about another one, where it is of such a type."""
    said: dict[str, Any] = {}
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
        **({} if leg.mode is Mode.AIR else {"mode": leg.mode.value}),
    }


def _designator(designator: Designator) -> dict[str, str]:
    return {"carrier": designator.carrier, "number": designator.number + designator.suffix}


def _local(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def _transaction(transaction: Transaction) -> dict[str, str | None]:
    return {"number": transaction.number, "revision": transaction.revision}


def _traveller(traveller: Traveller, flights: Sequence[FlightLeg]) -> dict[str, Any]:
    bags, legs = traveller.bags, flown(traveller, flights)
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
                "issued": document.issued.isoformat() if document.issued else None,
                "issue_place": document.issue_place,
                "verified": document.verified,
            }
            for document in traveller.documents
        ],
        "record_locator": traveller.record_locator,
        "reference": traveller.reference,
        "seat": traveller.seat,
        "status": traveller.status,
        "bags": _bags(bags) if bags else None,
        "contacts": _contacts(traveller.contacts),
        "frequent_flyer": [{"carrier": each.carrier, "number": each.number} for each in traveller.frequent_flyer],
        "infant": traveller.infant,
        "checked_in": traveller.checked_in,
        "checked_in_at_local": _local(traveller.checked_in_at),
        "check_in_number": traveller.check_in_number,
        "cabin": traveller.cabin,
        "unaccompanied": traveller.unaccompanied,
        "crew_role": traveller.crew_role.value if traveller.crew_role else None,
        "in_transit": traveller.in_transit,
        "verified": traveller.verified,
        "journey_start": traveller.journey_start,
        "journey_end": traveller.journey_end,
        "clearance_airport": traveller.clearance_airport,
        "legs": list(range(len(flights)) if legs is None else legs),
        "other_nationalities": list(traveller.other_nationalities),
        "birth_country": traveller.birth_country,
        "government_reference": traveller.government_reference,
        "ticket": traveller.ticket,
    }


def _bags(bags: Bags) -> dict[str, Any]:
    return {
        "count": bags.count,
        "weight_kg": bags.weight_kg,
        "tags": list(bags.tags),
        "pool": bags.pool,
        "pool_role": bags.pool_role,
        "destination": bags.destination,
    }


def _contacts(contacts: tuple[Contact, ...]) -> list[dict[str, str]]:
    return [{"kind": contact.kind.value, "value": contact.value} for contact in contacts]


def _booking(booking: Booking, travellers: tuple[Traveller, ...]) -> dict[str, Any]:
    """A booking; its contacts are its own and those of its travellers, since senders put them in either place."""
    of_travellers = (contact for place in booking.travellers for contact in travellers[place].contacts)
    return {
        "record_locator": booking.record_locator,
        "carrier": booking.carrier,
        "created_at": _utc(booking.created_at),
        "cancelled": booking.cancelled,
        "travellers": list(booking.travellers),
        "itinerary": [{**_leg(leg), **_booked(booked)} for leg, booked in zip_longest(booking.itinerary, booking.legs)],
        "agency": _plain(booking.agency),
        "contacts": _contacts(tuple(dict.fromkeys((*booking.contacts, *of_travellers)))),
        "payments": [_payment(payment) for payment in booking.payments],
        "tickets": [_ticket(ticket) for ticket in booking.tickets],
        "bags": booking.bags,
        "split_from": booking.split_from,
        "locators": [_plain(each) for each in booking.locators],
        "splits": [_plain(each) for each in booking.splits],
        "services": [_service(each) for each in booking.services],
        "changes": [{**structs.asdict(each), "at": _utc(each.at)} for each in booking.changes],
        "history_lines": booking.history_lines,
        "changed_at": _utc(booking.changed_at),
        "ticketing_at": _utc(booking.ticketing_at),
        "group_name": booking.group_name,
    }


def _utc(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%MZ") if moment else None


def _booked(leg: BookedLeg | None) -> dict[str, Any]:
    return structs.asdict(leg or BookedLeg())


def _plain(value: Agency | Locator | Split | None) -> dict[str, Any] | None:
    """A value all of whose fields are texts and numbers."""
    return structs.asdict(value) if value else None


def _payment(payment: Payment) -> dict[str, Any]:
    return {
        "form": payment.form,
        "card_last4": payment.card_last4,
        "amount": payment.amount,
        "currency": payment.currency,
        "brand": payment.brand,
        "expiry": payment.expiry,
        "holder": payment.holder,
    }


def _ticket(ticket: Ticket) -> dict[str, Any]:
    """A ticket; its holder is a position among the booking's travellers."""
    return {
        "number": ticket.number,
        "traveller": ticket.traveller,
        "fare": ticket.fare,
        "total": ticket.total,
        "currency": ticket.currency,
        "issued_at_local": _local(ticket.issued_at),
    }


def _service(service: Service) -> dict[str, Any]:
    fields = structs.asdict(service)
    starts, ends = fields.pop("starts"), fields.pop("ends")
    return {**fields, "starts_local": _local(starts), "ends_local": _local(ends)}
