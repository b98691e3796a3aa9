"""Dates that may be partial, and the two kinds of time a flight has.

A list entry may know only a year; a manifest gives a whole date or none. *Local* times are naive: they are the wall
clock of the airport they belong to. Times with an offset are UTC. The two are never mixed in one field (design §7).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum
from typing import Self

import msgspec

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


class PartialDate(msgspec.Struct, frozen=True, gc=False):
    """A year, a year and month, or a whole date. Refuses what no calendar has with ValueError."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a day without its month, and what is on no calendar."""
        year, month, day = self.year, self.month, self.day
        # A manifest has thousands of dates, and most are in every calendar: only the others are looked at closely.
        if day and month and 1 <= day <= 28 and 1 <= month <= 12 and MINYEAR <= year <= MAXYEAR:
            return
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError("no calendar has this year")
        if month is None:
            if day is not None:
                raise ValueError("a day needs its month")
        elif not 1 <= (1 if day is None else day) <= monthrange(year, month)[1]:
            raise ValueError("no such day in this month")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is a ValueError."""
        found = _ISO.match(text)
        if found is None:
            raise ValueError("a date is written YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def of(cls, whole: date) -> Self:
        """Make the partial date that knows everything."""
        return cls(whole.year, whole.month, whole.day)

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are all known."""
        return self.day is not None

    def whole(self) -> date | None:
        """Give the calendar date, or None where a part is unknown."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """Write it in ISO 8601, as short as what is known."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text


def age_on(birth: PartialDate | None, day: date) -> int | None:
    """Whole years of age on a day, or None where the birth date is not fully known."""
    born = birth.whole() if birth else None
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class DateRelation(StrEnum):
    """How two birth dates stand to each other, as facts: what follows from each is for those who compare."""

    EQUAL = "equal"
    COMPATIBLE = "compatible"
    SWAPPED = "swapped"
    ONE_PART = "one_part"
    OTHER = "other"


def is_past(birth: PartialDate, today: date) -> bool:
    """Whether somebody may have been born by a day: at least on the first that a partial date leaves open."""
    return (birth.year, birth.month or 1, birth.day or 1) <= (today.year, today.month, today.day)


def relate_dates(one: PartialDate | None, two: PartialDate | None) -> DateRelation | None:
    """Relate two dates; None where one is unknown. Symmetric.

    `compatible` is equal in every part that both know, where one knows less. `swapped` is day and month exchanged,
    `one_part` a single wrong month, day or year that slipped: both are what typing does to a date. People who share
    a birthday and are of other years are clearly two. Two partial dates that differ in a part they both know are
    `other`.
    """
    if one is None or two is None:
        return None
    if one == two:
        return DateRelation.EQUAL if one.is_full else DateRelation.COMPATIBLE
    if one.is_full and two.is_full:
        if one.year == two.year and (one.month, one.day) == (two.day, two.month):
            return DateRelation.SWAPPED
        wrong = (one.year != two.year) + (one.month != two.month) + (one.day != two.day)
        return DateRelation.ONE_PART if wrong == 1 and _slipped(one.year, two.year) else DateRelation.OTHER
    same_month = one.month is None or two.month is None or one.month == two.month
    return DateRelation.COMPATIBLE if one.year == two.year and same_month else DateRelation.OTHER


def _slipped(one: int, two: int) -> bool:
    """Whether a year may be the other, mistyped: a digit wrong, two neighbours exchanged, or counted wrong by one."""
    if abs(one - two) <= 1:
        return True
    first, second = f"{one:04d}", f"{two:04d}"
    wrong = [place for place in range(4) if first[place] != second[place]]
    if len(wrong) == 2 and wrong[1] - wrong[0] == 1:
        return first[wrong[0]] == second[wrong[1]] and first[wrong[1]] == second[wrong[0]]
    return len(wrong) == 1
