"""What was checked in. Unknown is not none: many carriers say nothing of bags, and their travellers have them."""

from __future__ import annotations

from math import isfinite

from torogoz.targeting.field import PNR, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Subject


def _pieces(subject: Subject) -> int | None:
    return subject.person.first(lambda said: said.bags.count if said.bags else None)


def _booked(subject: Subject) -> int | None:
    return subject.person.booking.bags if subject.person.booking else None


def _weight(subject: Subject) -> float | None:
    weight = subject.person.first(lambda said: said.bags.weight_kg if said.bags else None)
    return None if weight is None or not isfinite(weight) else float(weight)


def _per_piece(subject: Subject) -> float | None:
    weight, pieces = _weight(subject), _pieces(subject)
    return weight / pieces if weight is not None and pieces else None


def _none(subject: Subject) -> bool | None:
    known = [count for count in (_pieces(subject), _booked(subject)) if count is not None]
    return not any(known) if known else None


FIELDS = (
    Field(
        "baggage.pieces",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Bultos del viajero", "Traveller's pieces"),
        Text(
            "Equipaje facturado del viajero: 0 solo si el mensaje lo dice",
            "Checked pieces of the traveller: 0 only where the message says so",
        ),
        _pieces,
        read_from=("bags",),
        possible=Range(0, 99),
        ordinary=Range(0, 2),
    ),
    Field(
        "baggage.booking_pieces",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Bultos de la reserva", "Booking's pieces"),
        Text("Equipaje facturado de toda la reserva", "Checked pieces of the whole booking"),
        _booked,
        reads=PNR,
        read_from=("bags",),
        possible=Range(0, 999),
        ordinary=Range(0, 4),
    ),
    Field(
        "baggage.kg",
        Kind.DECIMAL,
        About.CONDUCT,
        Text("Peso del equipaje en kg", "Weight of baggage in kg"),
        Text("Peso de lo que facturó el viajero", "Weight of what the traveller checked in"),
        _weight,
        read_from=("bags",),
        possible=Range(0, 2000),
        ordinary=Range(0, 46),
    ),
    Field(
        "baggage.kg_per_piece",
        Kind.DECIMAL,
        About.CONDUCT,
        Text("Kilos por bulto", "Kilograms per piece"),
        Text("Peso medio de los bultos del viajero", "Mean weight of the traveller's pieces"),
        _per_piece,
        read_from=("bags",),
        possible=Range(0, 2000),
        ordinary=Range(5, 23),
    ),
    Field(
        "baggage.none",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Sin equipaje facturado", "No checked baggage"),
        Text(
            "Verdadero solo si los mensajes dicen que no hay ninguno; desconocido si callan",
            "True only where the messages say that there is none; unknown where they are silent",
        ),
        _none,
        read_from=("bags",),
        ordinary=frozenset({False, True}),
    ),
)
