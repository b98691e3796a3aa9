"""A picture keeps its sources apart, so that a purpose sees only what it may read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.picture import PicturedTraveller, View
from torogoz.domain.purpose import DataClass, Purpose, readable_classes
from torogoz.domain.traveller import Traveller, TravellerRole

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 11, 22)


def view(data_class: DataClass, born: str | None = None) -> View:
    said = Traveller(TravellerRole.PASSENGER, birth_date=PartialDate.parse(born) if born else None)
    return View(data_class, 1, NOON, said)


@given(st.sets(st.sampled_from(DataClass)), st.sampled_from(Purpose))
def test_a_purpose_sees_no_view_of_a_class_that_it_may_not_read(classes: set[DataClass], purpose: Purpose) -> None:
    person = PicturedTraveller(1, tuple(view(each) for each in classes))
    seen = {each.data_class for each in person.seen_as(readable_classes(purpose))}
    assert seen == classes & readable_classes(purpose)


@pytest.mark.parametrize(
    ("births", "minor"),
    [
        (["2010-01-01"], True),
        (["1980-01-01"], False),
        (["1980-01-01", "2010-01-01"], True),
        (["2008-11-22"], False),
        (["2008-11-23"], True),
        ([None], False),
        (["2010"], False),
        ([], False),
    ],
)
def test_a_child_is_one_as_soon_as_any_source_says_so(births: list[str | None], minor: bool) -> None:  # noqa: FBT001
    views = tuple(view(DataClass.API, born) for born in births)
    assert PicturedTraveller(1, views).is_minor(DAY) is minor
