"""Periods of the law on the calendar: months are calendar months, hours and days are hours and days.

A period in months that began on the 15th ends with the beginning of the 15th, on the calendar of the state that runs
the centre, whatever the hour it began: nothing is kept a day too long. Where the month has no such day it ends on the
month's last one. A period is asked in both directions, and both give the same answer: when does what began here end
(`end`), and what began before which moment has ended by now (`began_before`), which is what a database can be asked.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """So many months, or so many hours. Of the two, one is none."""

    months: int = 0
    hours: int = 0

    def end(self, start: datetime, zone: tzinfo) -> datetime:
        """The moment from which what began at `start` is past its period."""
        if self.months:
            return midnight(months_after(start.astimezone(zone).date(), self.months), zone)
        return start + timedelta(hours=self.hours)

    def began_before(self, as_of: datetime, zone: tzinfo) -> datetime:
        """What began before this moment, and nothing else, is past its period at `as_of`."""
        if self.months:
            latest = latest_start(as_of.astimezone(zone).date(), self.months)
            return midnight(latest + timedelta(days=1), zone)
        return as_of - timedelta(hours=self.hours) + timedelta.resolution


def months(number: int) -> Period:
    """So many calendar months."""
    return Period(months=number)


def years(number: int) -> Period:
    """So many years, of twelve calendar months."""
    return Period(months=number * _MONTHS_A_YEAR)


def days(number: int) -> Period:
    """So many days of twenty-four hours."""
    return Period(hours=number * 24)


def hours(number: int) -> Period:
    """So many hours."""
    return Period(hours=number)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment with which a day begins on a calendar."""
    return datetime.combine(day, time(), zone)


def months_after(day: date, number: int) -> date:
    """The day so many months later: the same day of the month, or the month's last where it has no such day."""
    year, month = _month(day, number)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def latest_start(day: date, number: int) -> date:
    """The latest day from which so many months have passed on `day`.

    On the last day of a month all later days of the month in which they began have ended, too: 28 February is six
    months after 28, 29, 30 and 31 August.
    """
    year, month = _month(day, -number)
    last = monthrange(year, month)[1]
    whole = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if whole else min(day.day, last))


def _month(day: date, later: int) -> tuple[int, int]:
    count = day.year * _MONTHS_A_YEAR + day.month - 1 + later
    return count // _MONTHS_A_YEAR, count % _MONTHS_A_YEAR + 1
