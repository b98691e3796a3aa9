"""The whole itinerary of the booking around this flight. Only PNR tells.

*Home* is the country where the itinerary begins. Countries of airports come from the airports' public register, read
when this module is loaded; an airport that is not in it makes what depends on it unknown.
"""

from __future__ import annotations

from datetime import datetime

import airportsdata

from torogoz.domain.journey import FlightLeg
from torogoz.targeting.field import AIRPORT, PNR, About, Field, Kind, Range, Text
from torogoz.targeting.subject import Subject

_COUNTRY: dict[str, str] = {code: row["country"] for code, row in airportsdata.load("IATA").items()}


def _legs(subject: Subject) -> tuple[FlightLeg, ...]:
    return subject.person.booking.itinerary if subject.person.booking else ()


def _here(subject: Subject) -> int | None:
    """The place of this flight in the itinerary: by airport and local date, which code shares do not change."""
    key = subject.flight.key
    for place, leg in enumerate(_legs(subject)):
        departure = leg.departure_local
        if leg.departure_airport == key.departure_airport and departure and departure.date() == key.departure_date:
            return place
    return None


def _one_way(subject: Subject) -> bool | None:
    legs = _legs(subject)
    if not legs:
        return None
    home = _COUNTRY.get(legs[0].departure_airport or "")
    ends = [_COUNTRY.get(leg.arrival_airport or "") for leg in legs]
    if home is None or None in ends:
        return None
    return home not in ends


def _return(subject: Subject) -> FlightLeg | None:
    """The first later leg that lands in the country which this flight leaves."""
    here, left = _here(subject), _COUNTRY.get(subject.flight.key.departure_airport)
    if here is None or left is None:
        return None
    later = _legs(subject)[here + 1 :]
    return next((leg for leg in later if _COUNTRY.get(leg.arrival_airport or "") == left), None)


def _hours(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else int((end - start).total_seconds() // 3600)


def _hours_until_return(subject: Subject) -> int | None:
    back = _return(subject)
    return None if back is None else _hours(subject.flight.arrival_local, back.departure_local)


def _hours_to_next_leg(subject: Subject) -> int | None:
    here, legs = _here(subject), _legs(subject)
    if here is None or here + 1 >= len(legs) or legs[here + 1].departure_airport != subject.flight.arrival_airport:
        return None
    return _hours(subject.flight.arrival_local, legs[here + 1].departure_local)


def _airports(subject: Subject) -> frozenset[str] | None:
    codes = (code for leg in _legs(subject) for code in (leg.departure_airport, leg.arrival_airport))
    return frozenset(code for code in codes if code) or None


FIELDS = (
    Field(
        "trip.legs",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Tramos del viaje", "Legs of the trip"),
        Text("Cuántos vuelos tiene el itinerario de la reserva", "How many flights the booking's itinerary has"),
        lambda subject: len(_legs(subject)) or None,
        reads=PNR,
        read_from=("itinerary",),
        possible=Range(1, 60),
        ordinary=Range(1, 4),
    ),
    Field(
        "trip.previous_legs",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Tramos anteriores a este vuelo", "Legs before this flight"),
        Text(
            "Cuántos vuelos del itinerario van antes de este", "How many flights of the itinerary come before this one"
        ),
        _here,
        reads=PNR,
        read_from=("itinerary",),
        possible=Range(0, 60),
        ordinary=Range(0, 2),
    ),
    Field(
        "trip.one_way",
        Kind.BOOLEAN,
        About.CONDUCT,
        Text("Solo ida", "One way"),
        Text(
            "Si ningún tramo vuelve al país donde empieza el itinerario",
            "Whether no leg comes back to the country where the itinerary begins",
        ),
        _one_way,
        reads=PNR,
        read_from=("itinerary",),
        ordinary=frozenset({False, True}),
    ),
    Field(
        "trip.hours_until_return",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Horas hasta el regreso", "Hours until the return"),
        Text(
            "Desde la llegada hasta el tramo que vuelve al país del que sale este vuelo",
            "From arrival to the leg that goes back to the country which this flight leaves",
        ),
        _hours_until_return,
        reads=PNR,
        read_from=("itinerary",),
        possible=Range(-48, 26000),
        ordinary=Range(72, 2400),
    ),
    Field(
        "trip.hours_to_next_leg",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Horas hasta el tramo siguiente", "Hours to the next leg"),
        Text(
            "Desde la llegada hasta la salida siguiente del mismo aeropuerto",
            "From arrival to the next departure from the same airport",
        ),
        _hours_to_next_leg,
        reads=PNR,
        read_from=("itinerary",),
        possible=Range(-48, 26000),
        ordinary=Range(1, 2400),
    ),
    Field(
        "trip.airports",
        Kind.CODES,
        About.ORIGIN,
        Text("Aeropuertos del viaje", "Airports of the trip"),
        Text("Todos los aeropuertos del itinerario", "All airports of the itinerary"),
        _airports,
        reads=PNR,
        read_from=("itinerary",),
        form=AIRPORT,
    ),
    Field(
        "trip.first_airport",
        Kind.CODE,
        About.ORIGIN,
        Text("Aeropuerto donde empieza el viaje", "Airport where the trip begins"),
        Text("Aeropuerto de salida del primer tramo", "Departure airport of the first leg"),
        lambda subject: _legs(subject)[0].departure_airport if _legs(subject) else None,
        reads=PNR,
        read_from=("itinerary",),
        form=AIRPORT,
    ),
    Field(
        "trip.last_airport",
        Kind.CODE,
        About.ORIGIN,
        Text("Aeropuerto donde termina el viaje", "Airport where the trip ends"),
        Text("Aeropuerto de llegada del último tramo", "Arrival airport of the last leg"),
        lambda subject: _legs(subject)[-1].arrival_airport if _legs(subject) else None,
        reads=PNR,
        read_from=("itinerary",),
        form=AIRPORT,
    ),
)
