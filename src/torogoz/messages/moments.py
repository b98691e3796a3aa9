"""Dates and times as PAXLST and PNRGOV write them.

PAXLST: YYMMDD (DTM 2379 101, the default), CCYYMMDD (102), YYMMDDHHMM (201), CCYYMMDDHHMM (203); senders name one and
write another, so the length decides. PNRGOV: DDMMYY and HHMM; DDMMMYY in SSR DOCS. Stray blanks are dropped.

A year of two digits is read against a reference day, the message's own date: a birth is never after it; anything else
(expiry, travel) lies in the nearest century. Unknown day or month (00) gives a partial birth date.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from torogoz.domain.dates import PartialDate

_ENGLISH = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
_MONTHS = {name: number for number, name in enumerate(_ENGLISH.split(), start=1)} | {
    "ENE": 1, "ABR": 4, "AGO": 8, "DIC": 12,
}  # fmt: skip
_SPOKEN = re.compile(r"(\d{1,2})([A-Z]{3})(\d{2}|\d{4})\Z")
#: YY and MMDD as they are written → what they say.
_YEARS = {f"{year:02}": year for year in range(100)}
_DAYS = {f"{month:02}{day:02}": (month, day) for month in range(1, 13) for day in range(1, 32)}
#: The same for DDMMM.
_SPOKEN_DAYS = {f"{day:02}{name}": (month, day) for name, month in _MONTHS.items() for day in range(1, 32)}
#: So far from its message is no booking or flight.
_FAR = timedelta(days=2 * 365)
#: Year, month, day, and whether the century was sent.
_Parts = tuple[int, int, int, bool]


def _digits(text: str) -> str:
    text = text.replace(" ", "")
    return text if text.isdecimal() and text.isascii() else ""


def _parts(text: str) -> _Parts:
    """YYMMDD or CCYYMMDD, with or without HHMM, or a spoken month. ValueError otherwise."""
    digits = text if text.isdecimal() and text.isascii() else _digits(text)
    length = len(digits)
    if length in (10, 12):
        digits = digits[:-4]
    elif length not in (6, 8):
        return _spoken(text)
    year, rest = divmod(int(digits), 10_000)
    return year, rest // 100, rest % 100, length in (8, 12)


def _spoken(text: str) -> _Parts:
    """DDMMMYY or DDMMMCCYY. ValueError otherwise."""
    found = _SPOKEN.match(text.replace(" ", "").upper())
    if found is None or found[2] not in _MONTHS:
        raise ValueError("no date")
    return int(found[3]), _MONTHS[found[2]], int(found[1]), len(found[3]) == 4


def birth_date(text: str, reference: date | None) -> PartialDate | None:
    """A birth date, not after the reference day; None where nothing tells the century.

    ValueError where it cannot be read.
    """
    year, month, day, whole = _parts(text)
    if not whole:
        if reference is None:
            return None
        year += reference.year // 100 * 100
        if year > reference.year or (year == reference.year and (month, day) > (reference.month, reference.day)):
            year -= 100
    return PartialDate(year, month or None, (day or None) if month else None)


def near_date(text: str, reference: date | None) -> date:
    """A date of expiry or travel, nearest to the reference day (without one, 20xx). ValueError otherwise."""
    year, month, day, whole = _parts(text)
    if not whole:
        year = _nearest(year, reference)
    return date(year, month, day)


class ShortDates:
    """Dates of six digits, YYMMDD, against one reference day: read as the functions above do, at a third of the cost.

    What is on no calendar, or has no day, is a KeyError or a ValueError.
    """

    def __init__(self, reference: date) -> None:
        self._today = f"{reference:%y%m%d}"
        self._year = reference.year
        self._century = reference.year // 100 * 100
        self._near: dict[str, date] = {}
        #: YY → the year of a birth, but that in the reference day's own year the day decides.
        self._births = {
            text: self._century + year - 100 * (year > reference.year % 100) for text, year in _YEARS.items()
        }
        self._nearest = {text: _nearest(year, reference) for text, year in _YEARS.items()}

    def birth(self, text: str) -> PartialDate:
        """A birth date, not after the reference day."""
        month, day = _DAYS[text[2:]]
        year = self._century + _YEARS[text[:2]]
        return PartialDate(year - 100 if text > self._today else year, month, day)

    def near(self, text: str) -> date:
        """A date nearest to the reference day. Documents share their few thousand days of expiry: each is made once."""
        found = self._near.get(text)
        if found is None:
            month, day = _DAYS[text[2:]]
            found = self._near[text] = date(self._nearest[text[:2]], month, day)
        return found

    def spoken_birth(self, text: str) -> PartialDate:
        """A birth date as DDMMMYY, not after the reference day."""
        year, (month, day) = self._births[text[5:]], _SPOKEN_DAYS[text[:5]]
        if year == self._year and f"{month:02}{day:02}" > self._today[2:]:
            year -= 100
        return PartialDate(year, month, day)

    def spoken_near(self, text: str) -> date:
        """A date as DDMMMYY, nearest to the reference day."""
        found = self._near.get(text)
        if found is None:
            found = self._near[text] = date(self._nearest[text[5:]], *_SPOKEN_DAYS[text[:5]])
        return found


@lru_cache(maxsize=8)
def short_dates(reference: date) -> ShortDates:
    """The short dates of a day. Making them costs as much as reading twenty."""
    return ShortDates(reference)


def local_moment(text: str, reference: date | None) -> datetime:
    """A local date and time of DTM 201 or 203; a date alone is midnight. ValueError otherwise."""
    text = _digits(text)
    day = near_date(text, reference)
    clock = text[8:] if len(text) in (8, 12) else text[6:]
    return datetime.combine(day, _clock(clock) if clock else time())


def day_first(day: str, clock: str, reference: date | None) -> datetime:
    """A moment of PNRGOV: DDMMYY and HHMM or HHMMSS. ValueError otherwise."""
    clock = _digits(clock)
    return datetime.combine(booked_day(day, reference), _clock(clock) if clock else time())


@lru_cache(maxsize=4_096)
def booked_day(day: str, reference: date | None) -> date:
    """A day of PNRGOV, DDMMYY; ValueError otherwise. It is nobody's, and messages of one day say the same few hundred.

    Some send YYMMDD; it is read where DDMMYY is on no calendar, or lies years away from the reference day and YYMMDD
    does not: bookings and flights are near their message.
    """
    day = _digits(day)
    if len(day) != 6:
        raise ValueError("no date")
    found = _as_day_first(day, reference)
    if found is None or (reference and abs(found - reference) > _FAR):
        other = _as_year_first(day, reference)
        if other and (found is None or (reference and abs(other - reference) <= _FAR)):
            found = other
    if found is None:
        raise ValueError("no date")
    return found


def _as_day_first(day: str, reference: date | None) -> date | None:
    try:
        return date(_nearest(int(day[4:]), reference), int(day[2:4]), int(day[:2]))
    except ValueError:
        return None


def _as_year_first(day: str, reference: date | None) -> date | None:
    try:
        return near_date(day, reference)
    except ValueError:
        return None


def _clock(text: str) -> time:
    if len(text) not in (4, 6):
        raise ValueError("no time")
    hour, minute = int(text[:2]), int(text[2:4])
    return time(0 if hour == 24 else hour, minute)


def _nearest(year: int, reference: date | None) -> int:
    if reference is None:
        return 2000 + year
    year += reference.year // 100 * 100
    if year - reference.year > 50:
        return year - 100
    return year + 100 if reference.year - year >= 50 else year
