"""How the journey was booked: when, through whom, and what became of the booking. Only PNR tells."""

from __future__ import annotations

from torogoz.domain.traveller import ContactKind
from torogoz.targeting.field import CODE, COUNTRY, PNR, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Subject

_RARE = frozenset({False})
#: What a booking says of itself stands beside its locator, which is the place that its reader keeps.
_BOOKED = ("record_locator",)


def _hours_before(subject: Subject) -> int | None:
    booking, departure = subject.person.booking, subject.flight.departure_at
    if booking is None or booking.created_at is None or departure is None:
        return None
    return int((departure - booking.created_at).total_seconds() // 3600)


def _agency(subject: Subject, part: str) -> str | None:
    agency = subject.person.booking and subject.person.booking.agency
    value = getattr(agency, part) if agency else None
    return value.strip().upper() or None if value else None


def _contact_kinds(subject: Subject) -> frozenset[str] | None:
    booking = subject.person.booking
    if booking is None:
        return None
    own = [contact for view in subject.person.views for contact in view.traveller.contacts]
    return frozenset(contact.kind.value for contact in (*booking.contacts, *own))


FIELDS = (
    Field(
        "booking.hours_before_departure",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Horas entre la reserva y la salida", "Hours between booking and departure"),
        Text(
            "Horas enteras desde que se creó la reserva hasta la salida prevista",
            "Whole hours from the making of the booking to scheduled departure",
        ),
        _hours_before,
        reads=PNR,
        read_from=("created_at", *_BOOKED),
        possible=Range(-72, 26000),
        ordinary=Range(96, 2400),
    ),
    Field(
        "booking.created_on",
        Kind.DATE,
        About.CIRCUMSTANCE,
        Text("Fecha de la reserva", "Date of booking"),
        Text("Fecha UTC en que se creó la reserva", "UTC date on which the booking was made"),
        lambda subject: (
            subject.person.booking.created_at.date()
            if subject.person.booking and subject.person.booking.created_at
            else None
        ),
        reads=PNR,
        read_from=("created_at", *_BOOKED),
    ),
    Field(
        "booking.travellers",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Viajeros en la reserva", "Travellers in the booking"),
        Text(
            "Cuántos nombra la reserva, viajen o no en este vuelo",
            "How many the booking names, whether or not on this flight",
        ),
        lambda subject: len(subject.person.booking.travellers) or None if subject.person.booking else None,
        reads=PNR,
        read_from=("travellers", *_BOOKED),
        possible=Range(1, 500),
        ordinary=Range(1, 4),
    ),
    Field(
        "booking.split",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Reserva dividida", "Split booking"),
        Text("Si la reserva se separó de otra", "Whether the booking was split off another one"),
        lambda subject: subject.person.booking.split_from is not None if subject.person.booking else None,
        reads=PNR,
        read_from=("split_from", *_BOOKED),
        ordinary=_RARE,
    ),
    Field(
        "booking.cancelled",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Reserva cancelada", "Cancelled booking"),
        Text("Si el último mensaje canceló la reserva", "Whether the latest message cancelled the booking"),
        lambda subject: subject.person.booking.cancelled if subject.person.booking else None,
        reads=PNR,
        read_from=("cancelled", *_BOOKED),
        ordinary=_RARE,
    ),
    Field(
        "booking.agency_code",
        Kind.CODE,
        About.CONDUCT,
        Text("Código de la agencia", "Agency code"),
        Text(
            "Código de quien hizo la reserva, a menudo un número IATA",
            "Code of who made the booking, often an IATA number",
        ),
        lambda subject: _agency(subject, "code"),
        reads=PNR,
        read_from=("agency",),
        form=CODE,
    ),
    Field(
        "booking.agency_country",
        Kind.CODE,
        About.ORIGIN,
        Text("País de la agencia", "Agency's country"),
        Text("País de quien hizo la reserva", "Country of who made the booking"),
        lambda subject: _agency(subject, "country"),
        reads=PNR,
        read_from=("agency",),
        form=COUNTRY,
    ),
    Field(
        "booking.tickets",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Número de boletos", "Number of tickets"),
        Text("Boletos distintos en la reserva", "Different tickets in the booking"),
        lambda subject: (
            len({ticket.number for ticket in subject.person.booking.tickets}) or None
            if subject.person.booking
            else None
        ),
        reads=PNR,
        read_from=("tickets",),
        possible=Range(1, 1000),
        ordinary=Range(1, 4),
    ),
    Field(
        "booking.contact_kinds",
        Kind.CODES,
        About.CONDUCT,
        Text("Contactos dados", "Contacts given"),
        Text(
            "Qué contactos hay: phone, email, address; vacío si ninguno",
            "Which contacts there are: phone, email, address; empty where none",
        ),
        _contact_kinds,
        reads=PNR,
        read_from=("contacts",),
        choices={
            ContactKind.PHONE.value: Text("teléfono", "telephone"),
            ContactKind.EMAIL.value: Text("correo", "e-mail"),
            ContactKind.ADDRESS.value: Text("dirección", "address"),
        },
        ordinary=frozenset({"phone", "email"}),
    ),
)
