"""The schedule says of every record what must happen to it, when, and by which law (LR-13, LR-40 to LR-42, LR-45)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.errors import AuthorError
from torogoz.privacy.periods import months, years
from torogoz.privacy.schedule import (
    LONGEST,
    OF_TRAVELLERS,
    PROFILES,
    Clock,
    Data,
    Fate,
    Record,
    Row,
    Terms,
    clear_since,
    judge,
    row_of,
    rows,
)

ZONE = ZoneInfo("America/El_Salvador")
RECEIVED = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
BOTH = frozenset({Data.API, Data.PNR})
FREE = Record(RECEIVED, RECEIVED + timedelta(hours=30), BOTH)
HELD = replace(FREE, held=True)

RECORDS = st.builds(
    Record,
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.one_of(st.none(), st.just(RECEIVED)),
    st.frozensets(st.sampled_from([Data.API, Data.PNR]), min_size=1),
    held=st.booleans(),
    masked=st.booleans(),
)


def of(profile: str) -> tuple[Row, ...]:
    return rows(profile, Terms())


def fate(record: Record, profile: str, as_of: datetime) -> Fate:
    return judge(record, of(profile), as_of, ZONE).fate


def at(period_months: int, *, less: int = 0) -> datetime:
    """The first moment at which so many months have passed, or so many seconds before it."""
    return months(period_months).end(RECEIVED, ZONE) - timedelta(seconds=less)


def test_by_default_six_months_after_receipt_what_nothing_holds_is_purged_lr_42() -> None:
    assert fate(FREE, "c817", at(6, less=1)) is Fate.KEEP
    verdict = judge(FREE, of("c817"), at(6), ZONE)
    assert (verdict.fate, verdict.classes) == (Fate.PURGE, BOTH)
    assert verdict.row
    assert "LR-42" in verdict.row.source


def test_by_default_what_is_held_is_masked_and_goes_when_its_hold_has_ended_lr_40_lr_42() -> None:
    assert fate(HELD, "c817", at(6, less=1)) is Fate.KEEP
    assert fate(HELD, "c817", at(6)) is Fate.MASK
    masked = replace(HELD, masked=True)
    assert fate(masked, "c817", at(59)) is Fate.KEEP
    assert fate(replace(masked, held=False), "c817", at(7)) is Fate.PURGE


def test_five_years_masks_everybody_after_six_months_and_purges_after_five_years_lr_40_lr_45() -> None:
    for record in (FREE, HELD):
        assert fate(record, "five_years", at(6, less=1)) is Fate.KEEP
        assert fate(record, "five_years", at(6)) is Fate.MASK
        assert fate(replace(record, masked=True), "five_years", at(60, less=1)) is Fate.KEEP
        assert fate(replace(record, masked=True), "five_years", at(60)) is Fate.PURGE


@pytest.mark.parametrize("profile", ["annex9", "annex9_short"])
def test_outside_the_union_masking_comes_within_two_years_and_purging_within_five_lr_41(profile: str) -> None:
    """LR-41."""
    for held in (False, True):
        for data in BOTH:
            row = row_of(of(profile), data, held=held)
            assert row.masked
            assert 6 <= row.masked.months <= 24
            assert row.masked.months <= row.purged.months <= 60


def test_api_for_the_border_alone_goes_two_days_after_landing_unless_a_case_holds_it_lr_13() -> None:
    landed = FREE.arrived_at
    assert landed
    verdict = judge(FREE, of("api_48h"), landed + timedelta(hours=48), ZONE)
    assert (verdict.fate, verdict.classes) == (Fate.PART, frozenset({Data.API}))
    assert fate(FREE, "api_48h", landed + timedelta(hours=47)) is Fate.KEEP
    assert fate(HELD, "api_48h", landed + timedelta(hours=48)) is Fate.KEEP
    assert fate(HELD, "api_48h", at(6)) is Fate.MASK
    assert fate(replace(FREE, classes=frozenset({Data.PNR})), "api_48h", at(6, less=1)) is Fate.KEEP
    assert fate(replace(FREE, classes=frozenset({Data.API})), "api_48h", at(1)) is Fate.PURGE


def test_where_no_arrival_is_known_the_clock_counts_from_the_receipt_lr_13() -> None:
    nowhere = replace(FREE, arrived_at=None)
    assert fate(nowhere, "api_48h", RECEIVED + timedelta(hours=48)) is Fate.PART
    assert fate(nowhere, "api_48h", RECEIVED + timedelta(hours=47)) is Fate.KEEP


@given(RECORDS, st.sampled_from(sorted(PROFILES)))
def test_nothing_of_a_traveller_outlives_five_years_by_any_profile_and_with_any_hold_lr_45(
    record: Record, profile: str
) -> None:
    assert fate(record, profile, LONGEST.end(record.received_at, ZONE)) is Fate.PURGE


@given(RECORDS, st.sampled_from(sorted(PROFILES)), st.integers(0, 2000), st.integers(0, 400))
def test_time_never_takes_a_verdict_back(record: Record, profile: str, after: int, more: int) -> None:
    order = [Fate.KEEP, Fate.MASK, Fate.PART, Fate.PURGE]
    first = RECEIVED + timedelta(days=after)
    earlier, later = (fate(record, profile, moment) for moment in (first, first + timedelta(days=more)))
    assert order.index(earlier) <= order.index(later)


@given(RECORDS, st.sampled_from(sorted(PROFILES)), st.integers(0, 2000))
def test_a_hold_never_makes_anything_go_sooner(record: Record, profile: str, after: int) -> None:
    as_of = RECEIVED + timedelta(days=after)
    if fate(replace(record, held=False), profile, as_of) is Fate.KEEP:
        assert fate(replace(record, held=True), profile, as_of) is Fate.KEEP


@given(RECORDS, st.sampled_from(sorted(PROFILES)), st.integers(0, 2000))
def test_a_masked_record_goes_whole(record: Record, profile: str, after: int) -> None:
    masked = replace(record, masked=True)
    assert fate(masked, profile, RECEIVED + timedelta(days=after)) in {Fate.KEEP, Fate.PURGE}


def test_a_record_of_which_no_class_is_known_has_the_clock_of_the_others() -> None:
    unknown = replace(FREE, classes=frozenset())
    assert fate(unknown, "c817", at(6, less=1)) is Fate.KEEP
    assert fate(unknown, "c817", at(6)) is Fate.PURGE


@pytest.mark.parametrize("profile", PROFILES)
def test_every_class_has_one_row_free_and_one_held_each_with_its_source(profile: str) -> None:
    table = of(profile)
    for data in Data:
        for held in (False, True):
            assert row_of(table, data, held=held).source
    assert {row.data for row in table} == set(Data)
    assert len({(row.data, row.held) for row in table}) == len(table)


def test_what_was_received_since_the_bound_stands_in_clear_and_what_was_before_it_may_not() -> None:
    as_of = datetime(2027, 5, 22, 12, 0, tzinfo=UTC)
    for profile, table in ((name, of(name)) for name in PROFILES):
        for data in BOTH:
            since = clear_since(table, data, as_of, ZONE)
            one = frozenset({data})
            assert judge(Record(since, None, one), table, as_of, ZONE).fate is Fate.KEEP, profile
            assert judge(Record(since - timedelta.resolution, None, one), table, as_of, ZONE).fate is not Fate.KEEP


@pytest.mark.parametrize(
    ("profile", "terms"),
    [
        ("forever", Terms()),
        ("c817", Terms(raw_days=181)),
        ("c817", Terms(raw_days=0)),
        ("c817", Terms(sealed_hours=721)),
        ("c817", Terms(crossing_months=0)),
        ("c817", Terms(hour=24)),
        ("c817", Terms(raw_days="30")),  # type: ignore[arg-type]  # as a file may have it
    ],
)
def test_a_setting_that_would_keep_for_too_long_is_refused(profile: str, terms: Terms) -> None:
    with pytest.raises(AuthorError):
        rows(profile, terms)


def test_the_settings_reach_the_rows_they_are_for() -> None:
    table = rows("c817", Terms(raw_days=7, sealed_hours=24, crossing_months=120))
    assert row_of(table, Data.RAW).purged.hours == 168
    assert row_of(table, Data.UNPARSED).purged.hours == 24
    assert row_of(table, Data.CROSSING).purged == years(10)
    assert row_of(table, Data.CROSSING).clock is Clock.RECEIVED
    assert frozenset(data for data in Data if data in OF_TRAVELLERS) == OF_TRAVELLERS
