"""A whole list is exchanged: nobody waits for the new version, the old one answers on without whom it has dropped."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.integration.conftest import People
from tests.integration.flow.conftest import ANA, Say, api
from tests.integration.flow.test_in_force import (
    GIVEN_NAMES,
    NOW,
    SURNAMES,
    TODAY,
    anew,
    answers,
    built,
    load,
    nothing_shared_yet,
    person,
)
from torogoz.flow import in_force, make_ready, screen
from torogoz.flow.in_force import ListsInForce
from torogoz.flow.screen import rescreen_due
from torogoz.matching import Query, match
from torogoz.storage import shared_lists
from torogoz.storage.models import AuditEntry, Hit, Journey, WatchlistEntry

__all__ = ["built", "nothing_shared_yet"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

Jobs = list[Callable[[], None]]


@pytest.fixture(autouse=True)
def few_are_laid_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_force, "MOST_LAID_OVER", 3)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """What is made beside is made when the test says so."""
    waiting: Jobs = []
    monkeypatch.setattr(make_ready, "begin", waiting.append)
    return waiting


def rows(first: int, last: int, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    return [person(number, rng) for number in range(first, last)]


def found(lists: ListsInForce) -> dict[str, tuple[str, ...]]:
    """Whom anything that is asked finds, and under which names they are listed."""
    return {each.entry.id: each.entry.names for one in answers(lists) for each in one}


def everybody(lists: ListsInForce) -> dict[str, int]:
    """Whom a list can find at all, with the version that a hit on them would name."""
    asked = [Query(f"{one} {two}", name) for one in SURNAMES for two in SURNAMES for name in GIVEN_NAMES]
    return {
        each.entry.id: one.later.get(each.entry.id, one.version)
        for one in lists.get(TODAY)
        for query in asked
        for each in match(query, one.index, 0.000001)
    }


def test_nobody_waits_for_a_new_version_and_then_all_of_it_answers_at_once(built: list[int], jobs: Jobs) -> None:
    load(*rows(0, 10))
    lists = ListsInForce()
    before = answers(lists)
    load(*rows(0, 10, seed=2))  # the same ids, each somebody else
    assert answers(lists) == before
    assert (lists.behind, lists.news, len(built)) == (True, False, 1)
    jobs.pop()()
    assert lists.news
    assert answers(lists) == anew()
    assert (lists.behind, jobs) == (False, [])


def test_whoever_left_with_the_new_version_is_found_no_more_though_it_is_not_ready(jobs: Jobs) -> None:
    load(*rows(0, 20))
    lists = ListsInForce()
    assert len(everybody(lists)) == 20
    load(*rows(0, 8), *rows(30, 35))
    assert everybody(lists).keys() == {f"W-{number}" for number in range(8)}
    assert len(jobs) == 1
    jobs.pop()()
    assert everybody(lists).keys() == {f"W-{number}" for number in (*range(8), *range(30, 35))}


def test_whoever_came_by_a_small_change_before_leaves_with_the_new_version_too(jobs: Jobs) -> None:
    load(*rows(0, 10))
    lists = ListsInForce()
    lists.get(TODAY)
    load(*rows(0, 12))
    assert len(everybody(lists)) == 12
    load(*rows(0, 5), *rows(30, 36))
    assert everybody(lists).keys() == {f"W-{number}" for number in range(5)}


def test_one_who_comes_or_goes_meanwhile_does_so_at_once_and_hits_name_the_version_that_was_compared(
    jobs: Jobs,
) -> None:
    load(*rows(0, 10))
    lists = ListsInForce()
    lists.get(TODAY)
    new = rows(0, 10, seed=2)
    load(*new)
    assert set(everybody(lists).values()) == {1}
    load(*new[1:], *rows(50, 51))
    now = everybody(lists)
    assert now == {f"W-{number}": 1 for number in range(1, 10)} | {"W-50": 3}
    for key, version in now.items():  # each hit finds the row that was compared
        compared = WatchlistEntry.objects.filter(key=key, version_from__lte=version)
        assert compared.exclude(version_to__lte=version).exists()
    jobs.pop()()
    assert answers(lists) == anew()
    assert set(everybody(lists).values()) == {3}


def test_a_second_new_version_before_the_first_is_ready_is_made_ready_after_it(jobs: Jobs) -> None:
    load(*rows(0, 10))
    lists = ListsInForce()
    before = found(lists)
    load(*rows(0, 10, seed=2))
    lists.get(TODAY)
    load(*rows(0, 9, seed=3))
    assert found(lists) == {key: names for key, names in before.items() if key != "W-9"}
    jobs.pop(0)()
    lists.get(TODAY)
    while jobs:
        jobs.pop(0)()
    assert answers(lists) == anew()


def test_a_process_that_holds_nothing_waits_until_the_new_version_is_ready(built: list[int], jobs: Jobs) -> None:
    load(*rows(0, 10))
    ListsInForce().get(TODAY)
    load(*rows(0, 10, seed=2))
    assert answers(ListsInForce()) == anew()
    assert not jobs
    assert len(built) == 2


def test_what_another_process_made_ready_is_taken_up(built: list[int], jobs: Jobs) -> None:
    load(*rows(0, 10))
    slow, other = ListsInForce(), ListsInForce()
    slow.get(TODAY)
    other.get(TODAY)
    load(*rows(0, 10, seed=2))
    slow.get(TODAY)
    other.get(TODAY)
    for job in jobs:
        job()
    assert answers(slow) == answers(other) == anew()
    assert len(built) == 2


def test_where_it_cannot_be_made_beside_whoever_needs_it_makes_it(
    built: list[int], jobs: Jobs, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    load(*rows(0, 10))
    lists = ListsInForce()
    lists.get(TODAY)
    load(*rows(0, 10, seed=2))
    lists.get(TODAY)

    def dies(_: object) -> bool:
        raise MemoryError

    monkeypatch.setattr(make_ready, "in_a_process", dies)
    jobs.pop()()
    assert [record.message for record in caplog.records] == ["list.not_ready"]
    assert answers(lists) == anew()
    assert not lists.behind
    assert len(built) == 2


def test_where_nothing_can_be_shared_a_thread_makes_it_beside(
    built: list[int], jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_lists, "_place", lambda: None)
    load(*rows(0, 10))
    lists = ListsInForce()
    before = answers(lists)
    load(*rows(0, 10, seed=2))
    assert answers(lists) == before
    jobs.pop()()
    assert answers(lists) == anew()
    assert len(built) == 2


def test_many_small_changes_answer_as_the_list_stands_while_it_is_made_anew(jobs: Jobs) -> None:
    everyone = rows(0, 20)
    load(*everyone)
    lists = ListsInForce()
    lists.get(TODAY)
    for number in range(5):
        load(*everyone[number + 1 :])
        assert answers(lists) == anew()
        assert not lists.behind
    assert len(jobs) == 1


def test_a_flight_that_was_screened_with_the_old_version_is_screened_with_the_new_one(
    people: People, say: Say, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whom only the new version lists is raised once it is ready; whom the old one dropped is withdrawn before."""
    monkeypatch.setattr(screen, "_cache", screen._Cache())
    ana = "W-9,ANA EJEMPLO,1988-02-29,SLV,F,,border_control,2026-12-24"
    load(*rows(0, 5), ana)
    say(api(ANA))
    assert rescreen_due(NOW).raised == 1
    load(*rows(20, 30))
    assert rescreen_due(NOW).withdrawn == 1
    load(*rows(20, 30, seed=3), ana.replace("W-9", "W-8"))
    assert rescreen_due(NOW).raised == 0
    assert Journey.objects.filter(screening_due_at__gt=NOW).exists()
    screened = AuditEntry.objects.filter(event="flight.screened").count()
    assert rescreen_due(NOW).raised == 0
    assert AuditEntry.objects.filter(event="flight.screened").count() == screened  # not on and on
    while jobs:
        jobs.pop(0)()
        rescreen_due(NOW)
    assert Hit.objects.filter(cause_key="W-8", status="open").exists()
    assert not Journey.objects.exclude(screening_due_at=None).exists()
