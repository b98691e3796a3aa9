"""PNRGOV: one push of bookings for a flight, as segments (PADIS message PNRGOV, versions 10.1 to 15.1).

What a booking holds beyond the domain's words (services asked for, remarks, whether check-in is open) comes beside
the message as `Colour`, one per booking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from torogoz.domain.booking import Booking, Payment
from torogoz.domain.journey import FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Contact, ContactKind, Traveller
from torogoz.edifact.writer import Element, Segment
from torogoz.synth.commerce import Request
from torogoz.synth.states import STATES

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True, slots=True)
class Colour:
    """What else a booking says: requests by passenger, remarks, history lines, and the moment check-in was done."""

    requests: tuple[tuple[Request, ...], ...]
    remarks: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    checked_in_at: datetime | None = None


def pnrgov_segments(message: Message, colours: Sequence[Colour]) -> list[Segment]:
    """The segments between UNH and UNT."""
    leg = message.flights[0]
    segments: list[Segment] = [
        ("MSG", ("", message.function or "22")),
        ("ORG", (message.sender or "", leg.departure_airport or "")),
        _travel(leg),
        ("EQN", str(message.expected_bookings)),
    ]
    for booking, colour in zip(message.bookings, colours, strict=True):
        segments += _booking_segments(booking, message, colour)
    return segments


def _booking_segments(booking: Booking, message: Message, colour: Colour) -> list[Segment]:
    carrier = booking.carrier or ""
    segments: list[Segment] = [("SRC",), ("RCI", _record(booking, carrier))]
    if booking.cancelled:
        return [*segments, ("ORG",)]
    if booking.created_at:
        last = message.prepared_at or booking.created_at
        segments.append(("DAT", ("700", f"{last:%d%m%y}", f"{last:%H%M}"), ("710", f"{booking.created_at:%d%m%y}")))
    segments += [("IFT", ("4", "28", "", carrier), remark) for remark in colour.remarks]
    segments += _contact_segments(booking.contacts, carrier)
    segments.append(_originator(booking, carrier))
    segments += [
        ("ADD", "", ("700", *_address(contact.value)))
        for contact in booking.contacts
        if contact.kind is ContactKind.ADDRESS
    ]
    people = [message.travellers[place] for place in booking.travellers]
    for place, traveller in enumerate(people):
        segments += _traveller_segments(traveller, place + 1, carrier)
        if place < len(booking.tickets):
            segments.append(("TKT", (booking.tickets[place].number, "T", "1")))
            if place == 0:
                segments += [piece for paid in booking.payments for piece in _payment_segments(paid, traveller)]
    for leg in booking.itinerary:
        here = leg.departure_airport == message.flights[0].departure_airport and (
            leg.departure_local == message.flights[0].departure_local
        )
        segments += _leg_segments(leg, len(people))
        if here:
            segments += _service_segments(colour, leg, carrier)
            if colour.checked_in_at:
                segments += _check_in_segments(people, leg, carrier, colour.checked_in_at)
    if booking.split_from:
        segments += [("EQN", "1"), ("RCI", (carrier, booking.split_from))]
    segments += [("LTS", line) for line in colour.history]
    return segments


def _record(booking: Booking, carrier: str) -> tuple[str, ...]:
    if booking.created_at is None:
        return carrier, booking.record_locator or ""
    return carrier, booking.record_locator or "", "", f"{booking.created_at:%d%m%y}", f"{booking.created_at:%H%M}"


def _contact_segments(contacts: Sequence[Contact], carrier: str) -> list[Segment]:
    segments: list[Segment] = []
    for contact in contacts:
        if contact.kind is ContactKind.PHONE:
            segments.append(("IFT", ("4", "28", "", carrier), f"CTCM {contact.value}"))
        elif contact.kind is ContactKind.EMAIL:
            coded = contact.value.replace("_", "..").replace("-", "./").replace("@", "//")
            segments.append(("IFT", ("4", "28", "", carrier), f"CTCE {coded}"))
    return segments


def _originator(booking: Booking, carrier: str) -> Segment:
    agency = booking.agency
    if agency is None or agency.code is None:
        city = (agency and agency.city) or ""
        return ("ORG", (carrier, city), "", city, "", "A")
    state = STATES[agency.country or ""]
    return ("ORG", (carrier, "MUC"), agency.code, agency.city or "", "", "T", (state.alpha2, state.currency))


def _address(value: str) -> tuple[str, ...]:
    street, city, country = value.split(", ")
    return street, city, "", "", country


def _traveller_segments(traveller: Traveller, place: int, carrier: str) -> list[Segment]:
    segments: list[Segment] = [_name(traveller, place)]
    segments += [("FTI", (account.carrier, account.number)) for account in traveller.frequent_flyer]
    segments.append(("REF", ("", traveller.reference or "")))
    if traveller.documents or traveller.birth_date:
        text = _docs(traveller)
        segments.append(("SSR", ("DOCS", "HK", "1", carrier, "", "", "", "", text)))
    return segments


def _name(traveller: Traveller, place: int) -> Segment:
    given = (traveller.given_names or "") + (traveller.title or "")
    kind = "IN" if traveller.infant else "C" if traveller.title in ("MISS", "MSTR") else "A"
    return ("TIF", traveller.surname or "", (given, kind, str(place)))


def _docs(traveller: Traveller) -> str:
    document = traveller.documents[0] if traveller.documents else None
    sex = (traveller.sex.value if traveller.sex else "") + ("I" if traveller.infant and traveller.sex else "")
    born = traveller.birth_date.whole() if traveller.birth_date else None
    given = (traveller.given_names or "").replace(" ", "/", 1)
    return "/".join(
        (
            "",
            (document and document.type) or "",
            (document and document.issuer) or "",
            document.number if document else "",
            traveller.nationality or "",
            f"{born.day:02d}{_MONTHS[born.month - 1]}{born:%y}" if born else "",
            sex,
            f"{document.expiry.day:02d}{_MONTHS[document.expiry.month - 1]}{document.expiry:%y}"
            if document and document.expiry
            else "",
            traveller.surname or "",
            given,
        )
    )


def _payment_segments(payment: Payment, payer: Traveller) -> list[Segment]:
    amount = payment.amount or ""
    fare: Segment = ("MON", ("B", amount, payment.currency or ""), ("T", amount, payment.currency or ""))
    if payment.card is None:
        return [fare, ("FOP", (payment.form, "", amount))]
    return [
        fare,
        ("FOP", (payment.form, "", amount, "VI", payment.card, "1229")),
        ("IFT", ("4", "43"), f"{payer.given_names or ''} {payer.surname}".strip()),
    ]


def _travel(leg: FlightLeg, cabin: str = "") -> Segment:
    times: list[str] = []
    for moment in (leg.departure_local, leg.arrival_local):
        times += [f"{moment:%d%m%y}", f"{moment:%H%M}"] if moment else ["", ""]
    carrier: Element = leg.designator.carrier
    if leg.operating and leg.operating != leg.designator:
        carrier = (leg.designator.carrier, leg.operating.carrier)
    number = leg.designator.number + leg.designator.suffix
    return (
        "TVL", tuple(times), leg.departure_airport or "", leg.arrival_airport or "", carrier,
        (number, cabin) if cabin else number,
    )  # fmt: skip


def _leg_segments(leg: FlightLeg, people: int) -> list[Segment]:
    segments: list[Segment] = [_travel(leg, "Y")]
    if leg.operating and leg.operating != leg.designator:
        segments.append(("TRA", leg.operating.carrier, leg.operating.number))
    return [*segments, ("RPI", str(people), "HK"), ("APD", "320")]


def _service_segments(colour: Colour, leg: FlightLeg, carrier: str) -> list[Segment]:
    return [
        (
            "SSR",
            (request.code, "HK", "1", carrier, "", "", leg.departure_airport or "", leg.arrival_airport or "",
             request.text),
            ("", "", str(place + 1)),
        )
        for place, requests in enumerate(colour.requests)
        for request in requests
    ]  # fmt: skip


def _check_in_segments(people: Sequence[Traveller], leg: FlightLeg, carrier: str, at: datetime) -> list[Segment]:
    segments: list[Segment] = []
    for place, traveller in enumerate(people):
        if not traveller.checked_in:
            continue
        number = f"{leg.departure_airport}-{place + 1:03d}"
        moment = at - timedelta(minutes=3 * place)
        segments += [
            ("DAT", ("2", f"{moment:%d%m%y}", f"{moment:%H%M}")),
            ("ORG", carrier, "", "", "", "A"),
            ("TRI", "", (number, "", "", str(place + 1))),
            _name(traveller, place + 1),
        ]
        # Infants on a lap and those who get a seat at the gate are sent as `XXX`.
        segments.append(("SSD", traveller.seat or "XXX", "", "", "", "Y"))
        if traveller.bags and traveller.bags.count:
            weight = f"{traveller.bags.weight_kg:g}" if traveller.bags.weight_kg is not None else ""
            tag = traveller.bags.tags[0]
            segments.append(
                ("TBD", "", (str(traveller.bags.count), weight, "700"), "", ("HP", number),
                 (tag[:2], tag[2:], str(traveller.bags.count), leg.arrival_airport or ""))
            )  # fmt: skip
    return segments
