"""A period in months is one on the calendar, never a day too long, and asked both ways it gives one answer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.privacy.periods import Period, days, hours, latest_start, midnight, months, months_after, years

SAN_SALVADOR = ZoneInfo("America/El_Salvador")
ZONES = st.sampled_from([UTC, SAN_SALVADOR, ZoneInfo("Europe/Madrid"), ZoneInfo("Pacific/Auckland")])
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
NUMBERS = st.integers(1, 120)
PERIODS = st.one_of(NUMBERS.map(months), NUMBERS.map(hours), NUMBERS.map(days))


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2026-03-15", 6, "2026-09-15"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-22", 60, "2031-11-22"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(start: str, number: int, end: str) -> None:
    assert months_after(date.fromisoformat(start), number) == date.fromisoformat(end)


@given(DAYS, NUMBERS)
def test_a_later_day_never_ends_earlier(day: date, number: int) -> None:
    assert months_after(day, number) <= months_after(day + timedelta(days=1), number)


@given(DAYS, NUMBERS, NUMBERS)
def test_two_periods_in_a_row_are_never_longer_than_both_at_once(day: date, one: int, two: int) -> None:
    assert months_after(months_after(day, one), two) <= months_after(day, one + two)


@given(DAYS, NUMBERS)
def test_the_latest_start_has_ended_and_the_day_after_it_has_not(day: date, number: int) -> None:
    start = latest_start(day, number)
    assert months_after(start, number) <= day
    assert months_after(start + timedelta(days=1), number) > day


@given(MOMENTS, PERIODS, ZONES)
def test_the_bound_that_a_database_is_asked_for_divides_what_has_ended_from_what_has_not(
    as_of: datetime, period: Period, zone: ZoneInfo
) -> None:
    bound = period.began_before(as_of, zone)
    assert period.end(bound - timedelta.resolution, zone) <= as_of
    assert period.end(bound, zone) > as_of


@given(MOMENTS, NUMBERS, ZONES)
def test_a_period_of_months_is_never_a_day_too_long(start: datetime, number: int, zone: ZoneInfo) -> None:
    local = start.astimezone(zone).date()
    assert months(number).end(start, zone) <= midnight(months_after(local, number), zone)


def test_the_day_on_which_a_period_began_is_the_states_and_not_greenwichs() -> None:
    late_in_the_evening = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)  # still 31 December in San Salvador
    assert months(6).end(late_in_the_evening, SAN_SALVADOR).date() == date(2027, 6, 30)


def test_years_are_months_and_days_are_hours() -> None:
    assert years(5) == months(60)
    assert days(30) == hours(720)
    assert hours(48).end(datetime(2026, 11, 22, 18, tzinfo=UTC), UTC) == datetime(2026, 11, 24, 18, tzinfo=UTC)
