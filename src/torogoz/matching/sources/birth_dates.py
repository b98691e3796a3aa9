"""Birth dates as published lists write them: whole, partial, approximate, or somewhere between two.

What is between two dates is each year of them, up to ten: a list of more would agree with a generation, and is left
out. *Circa* is the year with the one before and the one after: how far the lists mean it to reach is not written
anywhere, so one year is our assumption.
"""

from __future__ import annotations

import re

from torogoz.domain.dates import PartialDate
from torogoz.matching.sources.left_out import Left

#: A birth date somewhere in more years than this says nothing that could be compared.
MOST_YEARS = 10
#: How far an approximate year reaches to either side.
ABOUT = 1
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)  # noqa: SIM905 - a table of words reads better in a row
}
_ENGLISH = re.compile(r"(?:(?:(\d{1,2}) )?([A-Za-z]{3})[a-z]*\.? )?(\d{4})\Z", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})\Z", re.ASCII)
#: What XML allows behind a date.
_ZONE = re.compile(r"(?:Z|[+-]\d{2}:\d{2})\Z", re.ASCII)

Dates = tuple[PartialDate, ...]


def years(first: int, last: int) -> Dates | Left:
    """Each year between two, both included."""
    if not 1 <= first <= last <= 9999:
        return Left.DATE
    if last - first >= MOST_YEARS:
        return Left.RANGE
    return tuple(PartialDate(year) for year in range(first, last + 1))


def about(year: int) -> Dates | Left:
    """An approximate year."""
    return years(year - ABOUT, year + ABOUT)


def english(text: str) -> Dates | Left:
    """`14 Jan 1970`, `Jan 1970`, `1970`, with `circa` before them or `to` between two of them (OFAC)."""
    plain = " ".join(text.split())
    circa = plain.lower().startswith("circa ")
    first, to, last = plain[len("circa ") if circa else 0 :].partition(" to ")
    if between := _YEARS.match(first):
        return years(int(between[1]), int(between[2]))
    begin = _one(first)
    end = _one(last) if to else begin
    if begin is None or end is None:
        return Left.DATE
    if to:
        return years(begin.year, end.year)
    return about(begin.year) if circa else (begin,)


def iso(text: str) -> Dates | Left:
    """A whole or partial date in ISO 8601; a time or a zone behind it is passed over."""
    try:
        return (PartialDate.parse(_ZONE.sub("", text.strip().partition("T")[0])),)
    except ValueError:
        return Left.DATE


def _one(text: str) -> PartialDate | None:
    found = _ENGLISH.match(text)
    if found is None:
        return None
    day, month, year = found.groups()
    number = _MONTHS.get(month.lower()) if month else None
    if month and number is None:
        return None
    try:
        return PartialDate(int(year), number, int(day) if day else None)
    except ValueError:
        return None
