"""How two birth dates stand to each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(1903, 12, 31)).map(PartialDate.of) | st.sampled_from(
    [PartialDate(1900), PartialDate(1900, 1), PartialDate(1901, 2)]
)


@pytest.mark.parametrize(
    ("one", "two", "relation"),
    [
        ("1988-02-11", "1988-02-11", DateRelation.EQUAL),
        ("1988", "1988", DateRelation.COMPATIBLE),
        ("1988-02-11", "1988", DateRelation.COMPATIBLE),
        ("1988-02", "1988-02-11", DateRelation.COMPATIBLE),
        ("1988-02", "1988", DateRelation.COMPATIBLE),
        ("1988-02-11", "1988-11-02", DateRelation.SWAPPED),
        ("1988-02-11", "1998-02-11", DateRelation.ONE_PART),
        ("1989-02-11", "1998-02-11", DateRelation.ONE_PART),
        ("1999-02-11", "2000-02-11", DateRelation.ONE_PART),
        ("1958-02-11", "2002-02-11", DateRelation.OTHER),
        ("1989-02-11", "1997-02-11", DateRelation.OTHER),
        ("1957-02-11", "1973-02-11", DateRelation.OTHER),
        ("1988-02-11", "1988-03-11", DateRelation.ONE_PART),
        ("1988-02-11", "1988-02-29", DateRelation.ONE_PART),
        ("1988-02-11", "1988-03-12", DateRelation.OTHER),
        ("1988-02", "1988-03-11", DateRelation.OTHER),
        ("1988", "1989-02-11", DateRelation.OTHER),
    ],
)
def test_each_relation(one: str, two: str, relation: DateRelation) -> None:
    """The table of relations, both ways."""
    assert relate_dates(PartialDate.parse(one), PartialDate.parse(two)) is relation
    assert relate_dates(PartialDate.parse(two), PartialDate.parse(one)) is relation


def test_an_unknown_date_relates_to_nothing() -> None:
    """What is not known is not compared, and is not a disagreement."""
    assert relate_dates(None, PartialDate(1988)) is None
    assert relate_dates(PartialDate(1988), None) is None


@given(DATES, DATES)
def test_relating_is_symmetric(one: PartialDate, two: PartialDate) -> None:
    """It does not matter which date stands first."""
    assert relate_dates(one, two) is relate_dates(two, one)
