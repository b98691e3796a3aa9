"""Dates as spreadsheets write them: 1980-12-31, 31/12/1980, 12/31/80, 31-dic-1980, with a time behind them or without.

Where both of the first two numbers could be the month and the header does not tell, the day comes first, as this state
writes it, and whoever reads on is told that there was a doubt.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import NamedTuple

from torogoz.domain.dates import PartialDate
from torogoz.messages.moments import birth_date, near_date
from torogoz.messages.tabular.columns import DateOrder

_TIME = re.compile(r"(.*?)[T ]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[AaPp]\.?\s*[Mm]\.?)?\Z")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})\Z")
_PARTIAL = re.compile(r"\d{4}(?:-\d{2})?\Z")
_SPOKEN = re.compile(r"(\d{1,2}) ?(?:DE )?([A-Z]{3})[A-Z]* ?(?:DE )?(\d{4}|\d{2})\Z")


class Said(NamedTuple):
    """A date as CCYYMMDD or YYMMDD or a spoken one, and whether day and month could be the other way round."""

    text: str
    doubtful: bool


def _said(text: str, order: DateOrder | None) -> Said:
    """What a text without a time says. ValueError where it is no date."""
    if found := _YEAR_FIRST.match(text):
        return Said(f"{found[1]}{int(found[2]):02}{int(found[3]):02}", doubtful=False)
    if len(text) == 8 and text.isascii() and text.isdigit():
        return Said(text, doubtful=False)
    if found := _NUMBERS.match(text):
        one, two, three = found.groups()
        if order is DateOrder.YEAR_FIRST:
            if len(three) == 4:
                raise ValueError("no date")
            return Said(f"{int(one):02}{int(two):02}{int(three):02}", doubtful=False)
        month_first = order is DateOrder.MONTH_FIRST or (order is None and int(two) > 12)
        day, month = (two, one) if month_first else (one, two)
        doubtful = order is None and int(one) <= 12 and int(two) <= 12 and int(one) != int(two)
        return Said(f"{three}{int(month):02}{int(day):02}", doubtful)
    if found := _SPOKEN.match(re.sub(r"[-/. ]+", " ", text.upper())):
        return Said(f"{int(found[1]):02}{found[2]}{found[3]}", doubtful=False)
    raise ValueError("no date")


def _without_time(text: str) -> str:
    found = _TIME.match(text)
    return found[1] if found else text


def read_birth(text: str, order: DateOrder | None, reference: date | None) -> tuple[PartialDate | None, bool]:
    """A birth date, and whether it is doubtful; None where nothing tells the century. ValueError where it is none."""
    text = _without_time(text)
    if _PARTIAL.match(text):
        return PartialDate.parse(text), False
    said = _said(text, order)
    return birth_date(said.text, reference), said.doubtful


def read_near(text: str, order: DateOrder | None, reference: date | None) -> tuple[date, bool]:
    """A date of expiry or travel, and whether it is doubtful. ValueError where it is none."""
    said = _said(_without_time(text), order)
    return near_date(said.text, reference), said.doubtful


def read_moment(text: str, order: DateOrder | None) -> tuple[datetime, bool]:
    """A date with the time of a wall clock; without one it is midnight. ValueError where it is none."""
    found = _TIME.match(text)
    day, doubtful = read_near(text, order, None)
    if not found:
        return datetime.combine(day, time()), doubtful
    hour, half = int(found[2]), (found[4] or "")[:1].upper()
    if half in ("A", "P"):
        hour = hour % 12 + (12 if half == "P" else 0)
    return datetime.combine(day, time(hour, int(found[3]))), doubtful
