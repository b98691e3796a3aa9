"""Birth dates that are sent otherwise, or not at all.

*day and month exchanged*: where both are at most 12 and differ; American and European forms read each other's so, and
no check catches it. *birth date missing*: bookings seldom have one, and messages of some carriers none.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from torogoz.domain.dates import PartialDate
from torogoz.matching.query import Query
from torogoz.synth.nation.people import Compatriot


def day_and_month_exchanged(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    """Read the day as the month; None where that is no other date, or none at all."""
    born = query.birth_date
    if born is None or born.month is None or born.day is None or born.day > 12 or born.day == born.month:
        return None
    return replace(query, birth_date=PartialDate(born.year, born.day, born.month))


def birth_date_missing(_person: Compatriot, query: Query, _rng: Random) -> Query | None:
    """Send none."""
    return replace(query, birth_date=None) if query.birth_date else None
