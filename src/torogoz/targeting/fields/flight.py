"""What is true of everybody on the flight: it narrows a rule and never carries one."""

from __future__ import annotations

from torogoz.domain.journey import Direction
from torogoz.targeting.field import AIRPORT, CARRIER, COUNTRY, About, Field, Form, Kind, Range, Text
from torogoz.targeting.subject import Subject


def _duration(subject: Subject) -> int | None:
    flight = subject.flight
    if flight.departure_at is None or flight.arrival_at is None:
        return None
    return int((flight.arrival_at - flight.departure_at).total_seconds() // 60)


FIELDS = (
    Field(
        "flight.direction",
        Kind.CODE,
        About.CIRCUMSTANCE,
        Text("Sentido", "Direction"),
        Text(
            "Si el vuelo entra al país, sale de él o ninguno",
            "Whether the flight enters the country, leaves it or neither",
        ),
        lambda subject: subject.flight.direction.value,
        choices={
            Direction.INBOUND.value: Text("entra", "inbound"),
            Direction.OUTBOUND.value: Text("sale", "outbound"),
            Direction.OTHER.value: Text("ninguno", "neither"),
        },
    ),
    Field(
        "flight.carrier",
        Kind.CODE,
        About.CIRCUMSTANCE,
        Text("Aerolínea que opera", "Operating carrier"),
        Text("Código de la aerolínea que opera el vuelo", "Code of the carrier that operates the flight"),
        lambda subject: subject.flight.key.operating.carrier,
        form=CARRIER,
    ),
    Field(
        "flight.number",
        Kind.CODE,
        About.CIRCUMSTANCE,
        Text("Número de vuelo", "Flight number"),
        Text(
            "Número del vuelo sin la aerolínea ni ceros a la izquierda",
            "Number of the flight without carrier or leading zeros",
        ),
        lambda subject: subject.flight.key.operating.number.lstrip("0") or None,
        form=Form(r"[1-9][0-9]{0,4}", Text("de una a cinco cifras, como 570", "one to five digits, such as 570")),
    ),
    Field(
        "flight.departure_airport",
        Kind.CODE,
        About.ORIGIN,
        Text("Aeropuerto de salida", "Departure airport"),
        Text("Aeropuerto del que sale este vuelo", "Airport that this flight leaves from"),
        lambda subject: subject.flight.key.departure_airport,
        form=AIRPORT,
    ),
    Field(
        "flight.departure_country",
        Kind.CODE,
        About.ORIGIN,
        Text("País de salida", "Departure country"),
        Text("País del que sale este vuelo", "Country that this flight leaves from"),
        lambda subject: subject.flight.departure_country,
        form=COUNTRY,
    ),
    Field(
        "flight.arrival_airport",
        Kind.CODE,
        About.ORIGIN,
        Text("Aeropuerto de llegada", "Arrival airport"),
        Text("Aeropuerto al que llega este vuelo", "Airport that this flight arrives at"),
        lambda subject: subject.flight.arrival_airport,
        form=AIRPORT,
    ),
    Field(
        "flight.arrival_country",
        Kind.CODE,
        About.ORIGIN,
        Text("País de llegada", "Arrival country"),
        Text("País al que llega este vuelo", "Country that this flight arrives in"),
        lambda subject: subject.flight.arrival_country,
        form=COUNTRY,
    ),
    Field(
        "flight.departure_date",
        Kind.DATE,
        About.CIRCUMSTANCE,
        Text("Fecha de salida", "Departure date"),
        Text("Fecha local de salida prevista", "Scheduled local date of departure"),
        lambda subject: subject.flight.key.departure_date,
    ),
    Field(
        "flight.departure_weekday",
        Kind.INTEGER,
        About.CIRCUMSTANCE,
        Text("Día de la semana de salida", "Weekday of departure"),
        Text("Del 1 (lunes) al 7 (domingo), hora local", "From 1 (Monday) to 7 (Sunday), local time"),
        lambda subject: subject.flight.key.departure_date.isoweekday(),
        possible=Range(1, 7),
    ),
    Field(
        "flight.departure_hour",
        Kind.INTEGER,
        About.CIRCUMSTANCE,
        Text("Hora local de salida", "Local hour of departure"),
        Text("De 0 a 23, en el aeropuerto de salida", "From 0 to 23, at the departure airport"),
        lambda subject: subject.flight.departure_local.hour,
        possible=Range(0, 23),
    ),
    Field(
        "flight.arrival_hour",
        Kind.INTEGER,
        About.CIRCUMSTANCE,
        Text("Hora local de llegada", "Local hour of arrival"),
        Text("De 0 a 23, en el aeropuerto de llegada", "From 0 to 23, at the arrival airport"),
        lambda subject: subject.flight.arrival_local.hour if subject.flight.arrival_local else None,
        possible=Range(0, 23),
    ),
    Field(
        "flight.minutes",
        Kind.INTEGER,
        About.CIRCUMSTANCE,
        Text("Duración del vuelo en minutos", "Length of the flight in minutes"),
        Text("Minutos entre la salida y la llegada previstas", "Minutes between scheduled departure and arrival"),
        _duration,
        possible=Range(0, 1500),
    ),
)
