"""Schedule: the flights that are to come become rows of their own, so that a manifest that never arrives is missed.

Takes: the bytes of a CSV file of flights with the local times of their airports, and the time.
Gives: how many flights are expected, how many of them are new, and the lines that were refused, with column and reason.
Refuses: a file that is no such table; a line that names no flight across this border, or one named before it.
Records: schedule.imported
Legal ground: UN Security Council resolutions 2178 §9 and 2396 §§11–12; LR-14 (schedule against received).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction

from torogoz.domain.audit import AuditEvent
from torogoz.domain.journey import Designator, Direction, FlightKey, FlightLeg
from torogoz.domain.staff import Who
from torogoz.errors import AuthorError
from torogoz.storage import places
from torogoz.storage.access.guard import admit
from torogoz.storage.access.schedule import IMPORTERS
from torogoz.storage.audit import record
from torogoz.storage.flights import find_or_make
from torogoz.storage.models import Event

COLUMNS = (
    "carrier",
    "number",
    "suffix",
    "departure_airport",
    "arrival_airport",
    "departure_local",
    "arrival_local",
)
#: A season of a small state: more in one file would keep others from writing for too long.
MOST_FLIGHTS = 20_000
LARGEST = 4 * 1024 * 1024
#: No scheduled flight is in the air for longer.
LONGEST_FLIGHT = timedelta(hours=24)

#: column → how its value is written.
_FORMS = {
    "carrier": re.compile(r"(?=.*[A-Z])[A-Z0-9]{2,3}"),
    "number": re.compile(r"[0-9]{1,4}"),
    "suffix": re.compile(r"[A-Z]?"),
    "departure_local": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII),
    "arrival_local": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII),
}
Language = Literal["es", "en"]
#: code of a refusal → its sentence.
REASONS: dict[str, dict[Language, str]] = {
    "COLUMNS": {
        "es": "la línea no tiene tantas celdas como el encabezado",
        "en": "the line has not as many cells as the header",
    },
    "FORM": {"es": "{column} no está escrito como debe", "en": "{column} is not written as it must be"},
    "AIRPORT": {"es": "{column} no es el código IATA de un aeropuerto", "en": "{column} is no airport's IATA code"},
    "TIME": {"es": "{column} no está en ningún calendario", "en": "{column} is on no calendar"},
    "ORDER": {
        "es": "el vuelo llega antes de salir, o más de un día después",
        "en": "the flight lands before it departs, or more than a day later",
    },
    "BORDER": {
        "es": "el vuelo no cruza la frontera de este Estado",
        "en": "the flight does not cross this state's border",
    },
    "TWICE": {"es": "una línea anterior nombra el mismo vuelo", "en": "an earlier line names the same flight"},
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was left out: its number in the file, the column where there is one, and the code of the reason."""

    line: int
    column: str
    code: str

    def text(self, language: Language) -> str:
        """The refusal in words, without what the line held."""
        told = REASONS[self.code][language].format(column=self.column)
        return f"{'línea' if language == 'es' else 'line'} {self.line}: {told}"


@dataclass(frozen=True, slots=True)
class ScheduleReport:
    """What became of a schedule."""

    flights: int
    new: int
    refused: tuple[Refused, ...]


class _LineRefused(Exception):  # noqa: N818 - not an error: it carries one refusal up to the loop that collects it
    def __init__(self, column: str, code: str) -> None:
        self.column = column
        self.code = code


def import_schedule(who: Who | None, data: bytes, now: datetime) -> ScheduleReport:
    """Expect every flight of a schedule; `who` is None at the terminal. The same file twice changes nothing."""
    if who:
        admit(who, IMPORTERS, now)
    legs: dict[FlightKey, FlightLeg] = {}
    refused = []
    for line, values in _rows(data):
        try:
            leg = _leg(values)
        except _LineRefused as problem:
            refused.append(Refused(line, problem.column, problem.code))
            continue
        key = FlightKey.of(leg)
        if key is None or key in legs:
            refused.append(Refused(line, "", "TWICE"))
        else:
            legs[key] = leg
    with transaction.atomic():
        new = sum(_expect(leg, now) for leg in legs.values())
        counts = {"flights": len(legs), "new": new, "refused": len(refused)}
        record(AuditEvent.SCHEDULE_IMPORTED, now, who=who, counts=counts)
        Event.objects.create(at=now, kind="schedule")
    return ScheduleReport(len(legs), new, tuple(refused))


def _expect(leg: FlightLeg, now: datetime) -> bool:
    journey = find_or_make(leg, now)
    new = not journey.scheduled
    journey.scheduled = True
    journey.save(update_fields=["scheduled"])
    return new


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if len(data) > LARGEST:
        raise AuthorError("the schedule is larger than 4 MiB", remedy="import it in parts")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AuthorError("the schedule is not UTF-8 text", remedy="save it as CSV with the encoding UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if next(reader, None) != list(COLUMNS):
            raise AuthorError(
                "the schedule has another header", remedy="its first line is {columns}", columns=",".join(COLUMNS)
            )
        for count, values in enumerate(reader, 1):
            if count > MOST_FLIGHTS:
                raise AuthorError(
                    "the schedule has more than {most} flights", remedy="import it in parts", most=f"{MOST_FLIGHTS:,}"
                )
            if values:
                yield reader.line_num, values
    except csv.Error:
        raise AuthorError(
            "line {line} of the schedule is not CSV",
            remedy="look for a quotation mark that is not closed",
            line=reader.line_num,
        ) from None


def _leg(values: list[str]) -> FlightLeg:
    if len(values) != len(COLUMNS):
        raise _LineRefused("", "COLUMNS")
    row = {column: value.strip().upper() for column, value in zip(COLUMNS, values, strict=True)}
    for column, form in _FORMS.items():
        if not form.fullmatch(row[column]):
            raise _LineRefused(column, "FORM")
    for column in ("departure_airport", "arrival_airport"):
        if not places.known(row[column]):
            raise _LineRefused(column, "AIRPORT")
    leg = FlightLeg(
        Designator(row["carrier"], row["number"].lstrip("0") or "0", row["suffix"]),
        row["departure_airport"],
        row["arrival_airport"],
        _time(row, "departure_local"),
        _time(row, "arrival_local"),
    )
    departs = places.to_utc(leg.departure_local, leg.departure_airport)
    lands = places.to_utc(leg.arrival_local, leg.arrival_airport)
    if departs is None or lands is None or not timedelta() < lands - departs <= LONGEST_FLIGHT:
        raise _LineRefused("arrival_local", "ORDER")
    if places.direction(leg.departure_airport, leg.arrival_airport, settings.STATE) is Direction.OTHER:
        raise _LineRefused("", "BORDER")
    return leg


def _time(row: dict[str, str], column: str) -> datetime:
    try:
        return datetime.fromisoformat(row[column])
    except ValueError:
        raise _LineRefused(column, "TIME") from None
