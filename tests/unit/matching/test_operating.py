"""What an operating point costs a day, from a measured curve."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.matching.operating import Measured, curve, expected
from torogoz.matching.rates import prior_millibits
from torogoz.matching.retrieve import least_millibits

#: Ten thousand travellers against a hundred entries, of whom four are listed and one was no match at all.
CURVE = curve([12_000, 20_000, 20_000, 31_000], 1_000_000, [19_999, 28_000, 40_000, None], (12_000, 20_000, 30_000))


def test_a_curve_counts_who_reaches_each_evidence() -> None:
    assert (
        Measured(12_000, 4 / 1_000_000, 3 / 4),
        Measured(20_000, 3 / 1_000_000, 2 / 4),
        Measured(30_000, 1 / 1_000_000, 1 / 4),
    ) == CURVE


def test_a_point_is_told_in_alerts_and_misses_a_day() -> None:
    """On a list of a thousand one half asks for 16.6 bits: the row below tells the alerts, the row above the misses."""
    assert 12_000 < least_millibits(0.5) - prior_millibits(1_000) < 20_000
    day = expected(0.5, CURVE, entries=1_000, travellers=10_000, listed=8)
    assert day.false_alerts == pytest.approx(40)
    assert (day.true_alerts, day.missed) == (4, 4)


def test_a_longer_list_asks_for_more_evidence() -> None:
    """A hundred times the list brings less than a hundred times the alerts, and more misses."""
    small = expected(0.5, CURVE, entries=1_000, travellers=10_000, listed=8)
    large = expected(0.5, CURVE, entries=100_000, travellers=10_000, listed=8)
    assert small.false_alerts < large.false_alerts < 100 * small.false_alerts
    assert large.missed > small.missed


def test_a_row_at_the_very_point_and_a_point_beyond_the_last_are_told_by_their_row() -> None:
    at = least_millibits(0.5) - prior_millibits(1_000)
    assert expected(0.5, [Measured(at, 0.001, 0.5)], entries=1_000, travellers=1, listed=2).missed == 1
    assert expected(0.999, [Measured(at, 0.001, 0.5)], entries=1_000, travellers=1, listed=2).missed == 1


def test_what_was_not_measured_is_not_told() -> None:
    with pytest.raises(ValueError, match="not measured"):
        expected(0.001, CURVE, entries=1_000, travellers=1, listed=1)


@given(st.lists(st.integers(0, 40_000)), st.lists(st.none() | st.integers(0, 40_000), min_size=1))
def test_whoever_asks_for_more_gets_fewer_alerts_and_more_misses(
    strangers: list[int], listed: list[int | None]
) -> None:
    measured = curve(strangers, 1_000_000, listed, range(0, 40_000, 1_000))
    days = [expected(point, measured, entries=5_000, travellers=900, listed=1) for point in (0.01, 0.1, 0.5, 0.9, 0.99)]
    assert [day.false_alerts for day in days] == sorted((day.false_alerts for day in days), reverse=True)
    assert [day.missed for day in days] == sorted(day.missed for day in days)
