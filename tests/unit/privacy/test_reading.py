"""Unusual reading: each row of the policy marks what it says, once, and leaves the day's work alone (LR-55)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.audit import AuditNumber
from torogoz.privacy.reading import PACES, REMEMBERED, Kind, Look, Mark, Marked, Pace, judge, own_parts

ZONE = ZoneInfo("America/El_Salvador")
#: Ten in the morning in El Salvador.
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def reading(looks: Iterator[Look] | list[Look], others: int = 0) -> list[tuple[Look, Marked]]:
    """What is marked while somebody reads, one look after the other, as the sealer meets them."""
    before: list[Look] = []
    last: dict[Mark, tuple[datetime, int]] = {}
    found = []
    for look in looks:
        for marked in judge(look, [each for each in before if look.at - each.at < REMEMBERED], last, others, ZONE):
            found.append((look, marked))
            last[marked.mark] = (look.at, marked.number)
        before.append(look)
    return found


def marks(found: list[tuple[Look, Marked]]) -> list[tuple[Mark, int]]:
    return [(marked.mark, marked.number) for _, marked in found]


def burst(kind: Kind, number: int, start: datetime = NOW, hits: int | None = 1, first: int = 1000) -> list[Look]:
    """So many looks at different rows, ten seconds apart."""
    return [Look(start + each * timedelta(seconds=10), kind, first + each, hits) for each in range(number)]


def ordinary_days(per_hour: int, days: int = 12, kind: Kind = Kind.DOSSIER) -> list[Look]:
    """So many dossiers with hits an hour, from eight to four, on each of the days before."""
    return [
        Look(NOW - day * DAY + hour * HOUR + each * MINUTE, kind, day * 10_000 + hour * 100 + each, 1)
        for day in range(days, 0, -1)
        for hour in range(-2, 6)
        for each in range(per_hour)
    ]


def test_every_mark_is_a_number_that_the_audit_knows() -> None:
    assert {mark.value for mark in Mark} <= {number.value for number in AuditNumber}


def test_an_ordinary_month_is_left_alone() -> None:
    assert reading(ordinary_days(6, days=27)) == []


@pytest.mark.parametrize("pace", PACES, ids=lambda pace: pace.mark)
def test_so_many_within_the_time_are_marked_once_and_again_when_they_have_doubled(pace: Pace) -> None:
    looks = burst(pace.kind, 4 * pace.at_least, hits=0 if pace.without_hit else 1)
    found = [each for each in reading(looks) if each[1].mark is pace.mark]
    assert marks(found) == [(pace.mark, pace.at_least * times) for times in (1, 2, 4)]


@pytest.mark.parametrize("pace", PACES, ids=lambda pace: pace.mark)
def test_one_fewer_or_the_same_rows_again_or_over_a_longer_time_are_not_marked(pace: Pace) -> None:
    hits = 0 if pace.without_hit else 1
    fewer = burst(pace.kind, pace.at_least - 1, hits=hits)
    assert reading(fewer) == []
    again = [Look(look.at + 10 * MINUTE, look.kind, look.row, hits) for look in fewer]
    assert reading([*fewer, *again]) == []
    apart = pace.within / (pace.at_least - 2)
    slow = [Look(NOW + each * apart, pace.kind, each, hits) for each in range(3 * pace.at_least)]
    assert [each for each in reading(slow) if each[1].mark is pace.mark] == []


def test_who_always_reads_much_is_measured_by_their_own_usual() -> None:
    busy = ordinary_days(15)
    assert marks(reading([*busy, *burst(Kind.DOSSIER, 44)])) == []
    found = reading([*busy, *burst(Kind.DOSSIER, 45)])
    assert [marked for _, marked in found] == [Marked(Mark.MANY_DOSSIERS, 45, 15)]
    assert marks(reading([*ordinary_days(2), *burst(Kind.DOSSIER, 20)])) == [(Mark.MANY_DOSSIERS, 20)]


def test_what_was_long_ago_is_nobodys_usual() -> None:
    long_ago = [Look(look.at - 60 * DAY, look.kind, look.row, look.hits) for look in ordinary_days(15)]
    assert marks(reading([*long_ago, *burst(Kind.DOSSIER, 20)])) == [(Mark.MANY_DOSSIERS, 20)]


def test_dossiers_without_a_hit_are_marked_and_those_with_one_or_unknown_are_the_days_work() -> None:
    apart = 10 * MINUTE
    for hits, expected in ((0, [(Mark.WITHOUT_HIT, 15)]), (2, []), (None, [])):
        looks = [Look(NOW + each * apart, Kind.DOSSIER, each, hits) for each in range(20)]
        assert marks(reading(looks)) == expected, hits


def test_work_on_hits_is_the_queues_own_and_has_no_pace() -> None:
    assert reading(burst(Kind.HIT, 200)) == []


def test_a_look_at_ones_own_name_is_marked_each_time() -> None:
    looks = [Look(NOW, Kind.SEARCH, 1, own_name=1), Look(NOW + MINUTE, Kind.DOSSIER, 2, 0, own_name=2)]
    assert marks(reading(looks)) == [(Mark.OWN_NAME, 1), (Mark.OWN_NAME, 2)]


def test_an_hour_that_is_not_ones_own_is_marked_once_a_shift_and_says_how_many_days_are_known() -> None:
    night = NOW + 17 * HOUR  # three in the morning
    found = reading([*ordinary_days(2), *burst(Kind.DOSSIER, 5, night), *burst(Kind.DOSSIER, 5, night + HOUR, first=9)])
    assert [marked for _, marked in found] == [Marked(Mark.UNUSUAL_HOUR, 3, 12)]
    for hours in (-3, 6):  # an hour before the first, an hour after the last
        assert reading([*ordinary_days(2), Look(NOW + hours * HOUR, Kind.SEARCH, 1)]) == [], hours


def test_an_hour_becomes_ones_own_after_two_nights_and_nobodys_hours_are_known_in_the_first_days() -> None:
    nights = [Look(NOW + 17 * HOUR + night * DAY, Kind.DOSSIER, night, 1) for night in range(5)]
    found = reading([*ordinary_days(2), *nights])
    assert [look.row for look, _ in found] == [0, 1]
    assert reading([*ordinary_days(2, days=9), *nights[:1]]) == []


def test_hours_are_those_of_the_centres_wall() -> None:
    looks = [*ordinary_days(2), Look(NOW + 17 * HOUR, Kind.DOSSIER, 1, 1)]
    before, last = looks[:-1], looks[-1]
    there = judge(last, before, {}, 0, ZONE)
    assert [each.number for each in there] == [3]
    assert [each.number for each in judge(last, before, {}, 0, UTC)] == [9]


def test_each_person_who_is_one_too_many_at_somebody_without_a_hit_is_marked_once() -> None:
    look = Look(NOW, Kind.DOSSIER, 7, 0)
    for others, expected in ((2, []), (3, [Marked(Mark.MANY_READERS, 4)]), (9, [Marked(Mark.MANY_READERS, 10)])):
        assert judge(look, [], {}, others, ZONE) == expected
    assert judge(Look(NOW, Kind.DOSSIER, 7, 1), [], {}, 9, ZONE) == []
    assert judge(Look(NOW, Kind.FLIGHT, 7, 0), [], {}, 9, ZONE) == []
    assert judge(look, [Look(NOW - HOUR, Kind.DOSSIER, 7, 0)], {}, 9, ZONE) == []
    assert len(judge(look, [Look(NOW - HOUR, Kind.DOSSIER, 8, 0)], {}, 9, ZONE)) == 1
    assert len(judge(look, [Look(NOW - 8 * DAY, Kind.DOSSIER, 7, 0)], {}, 9, ZONE)) == 1


looks = st.builds(
    Look,
    st.integers(0, 60 * 24 * 30).map(lambda minutes: NOW - minutes * MINUTE),
    st.sampled_from(Kind),
    st.integers(1, 30),
    st.sampled_from([None, 0, 2]),
    st.integers(0, 2),
)


@given(st.lists(looks, max_size=60), looks)
def test_a_mark_never_depends_on_the_order_in_which_earlier_looks_are_told(before: list[Look], look: Look) -> None:
    assert judge(look, before, {}, 0, ZONE) == judge(look, before[::-1], {}, 0, ZONE)


@pytest.mark.parametrize(
    ("surname", "given", "parts"),
    [
        ("GARCÍA LÓPEZ", "MARÍA ELENA", 2),
        ("GARCIALOPEZ", "MARIAELENA", 2),
        ("GARCIA", "MARIA", 2),
        ("Garcia", "", 1),
        ("GARCIA", "MARIA JOSE", 2),
        ("GARCIA", "ELENA", 0),
        ("GARCIA", "JOSE", 0),
        ("LOPEZ", "MARIA ELENA", 0),
        ("GARCES", "MARIA ELENA", 0),
        ("", "MARIA ELENA", 0),
        ("GARCIA LOPEZ PEREZ", "MARIA", 2),
    ],
)
def test_a_name_is_ones_own_however_it_is_written(surname: str, given: str, parts: int) -> None:
    assert own_parts("García López", "María Elena", surname, given) == parts


@pytest.mark.parametrize(
    ("surname", "parts"), [("garc", 1), ("Garcia Lo", 1), ("gar", 0), ("lope", 0), ("LEONARDO", 0)]
)
def test_a_search_for_the_beginning_of_ones_surname_is_one_for_oneself(surname: str, parts: int) -> None:
    assert own_parts("García López", "María Elena", surname, "", searched=True) == parts
    assert own_parts("García López", "María Elena", "garc", "") == 0
    assert own_parts("León", "Ana", "LEONARDO", "ANA") == 0


def test_who_has_no_name_here_has_no_own() -> None:
    assert own_parts("", "", "GARCIA", "MARIA") == own_parts("", "María", "", "") == 0
    assert own_parts("García", "", "GARCIA", "MARIA") == 0
