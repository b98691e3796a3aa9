"""How many strangers an entry stops: what was counted keeps its interval, and the model follows the scorer's rules."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, crowd, entry
from torogoz.domain.watchlist import Entry
from torogoz.matching import build
from torogoz.matching.expected import SAME_DAY, namesakes, observed, poisson_interval


@pytest.mark.parametrize(
    ("count", "least", "most"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (100, 81.364, 121.627)]
)
def test_the_interval_of_a_count_is_that_of_the_tables(count: int, least: float, most: float) -> None:
    """Garwood 1936; as tabulated by the health statistics of the states."""
    assert poisson_interval(count)[0] == pytest.approx(least, abs=0.001)
    assert poisson_interval(count)[1] == pytest.approx(most, abs=0.001)


def test_none_of_a_count_is_at_most_what_leaves_none_once_in_forty_times() -> None:
    assert exp(-poisson_interval(0)[1]) == pytest.approx(0.025)


def test_what_was_counted_is_told_by_the_week() -> None:
    rate = observed(2, 0.2)
    assert rate
    assert (rate.raised, rate.a_week) == (2, 10)
    assert rate.least < rate.a_week < rate.most
    assert observed(0, 0.0) is None


def test_a_common_name_is_expected_more_often_than_a_rare_one() -> None:
    rare, common = entry("W-1", "ZOILA QUEZADA", born="1980"), entry("W-2", "MARIA GARCIA", born="1980")
    index = build(
        [
            rare,
            common,
            entry("W-3", "ZOILA QUEZADA"),
            *crowd(2000),
            *(entry(f"G-{n}", f"GARCIA X{n}") for n in range(500)),
        ]
    )
    assert 0 < namesakes(rare, index, 0.001, 50_000) < namesakes(common, index, 0.001, 50_000)


def test_a_whole_birth_date_leaves_few_and_none_of_those_with_clearly_another() -> None:
    whole, year, none = (entry(born=born) for born in ("1988-02-11", "1988", ()))
    figures = [namesakes(each, build([each]), 0.99, 1_000_000) for each in (whole, year, none)]
    # Two words and a third, each borne by one and a quarter of a thousand and one (`rates.word_millibits`).
    assert figures[0] < figures[1] < figures[2]
    # Those of the same day, those with day and month exchanged, and those of whom one part is other.
    name = (1.25 / 1001 / 0.9) ** 3
    assert figures[0] == pytest.approx(1_000_000 * name * (2 * SAME_DAY + 1 / 200), rel=0.01)


def test_travellers_without_a_birth_date_are_expected_as_often_as_the_rules_raise_them() -> None:
    one = entry()
    index = build([one])
    assert namesakes(one, index, 0.01, 1_000, 0.5) > namesakes(one, index, 0.01, 1_000)
    assert namesakes(one, index, 0.999999, 1_000, 1.0) == 0


def test_a_date_that_has_no_other_order_and_one_of_the_27th_are_no_exception() -> None:
    for born in ("1988-11-11", "1988-02-27", "1988-02"):
        one = entry(born=born)
        assert namesakes(one, build([one]), 0.01, 1_000) > 0


@given(ENTRIES, st.floats(0, 1))
def test_no_entry_is_expected_more_often_than_there_are_travellers_and_names(one: Entry, undated: float) -> None:
    assert 0 <= namesakes(one, build([one]), 0.01, 100, undated) <= 100 * max(1, len(one.names)) * 1.2
