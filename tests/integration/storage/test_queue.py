"""Whose a delivery is, for how long, and whose turn it is."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from tests.integration.storage.world import delivery
from torogoz.storage import queue
from torogoz.storage.models import QueuedDelivery, QueueLane
from torogoz.storage.queue import Lease, LeaseLostError

pytestmark = pytest.mark.django_db

ONE, OTHER = "one", "other"
SHARED = connection.vendor == "postgresql"
_bytes = itertools.count()


def waiting(count: int = 1) -> list[int]:
    """Deliveries that wait, in the order in which they came."""
    made = [delivery(str(next(_bytes)).encode()) for _ in range(count)]
    for each in made:
        queue.enqueue(each)
    return [each.pk for each in made]


def claimed(worker: str = ONE, only: int | None = None) -> Lease:
    lease = queue.claim(worker, only)
    assert lease
    return lease


def later(time: timedelta) -> None:
    """Let time pass: every lease ends that much sooner."""
    QueuedDelivery.objects.exclude(leased_until=None).update(leased_until=F("leased_until") - time)


def test_the_oldest_is_taken_first_and_by_one_worker_only() -> None:
    first, second = waiting(2)
    assert claimed(ONE).delivery == first
    taken = queue.claim(OTHER)
    assert (taken.delivery if taken else None) == (second if SHARED else None), "the embedded database has one reader"
    assert queue.claim("third") is None


def test_a_named_one_is_taken_only_where_it_is_free() -> None:
    first, second = waiting(2)
    assert claimed(ONE, only=second).delivery == second
    assert queue.claim(OTHER, only=second) is None
    assert queue.claim(OTHER, only=second + first + 1) is None


def test_the_try_is_counted_when_it_is_taken() -> None:
    waiting()
    assert claimed().tries == 1
    assert QueuedDelivery.objects.get().tries == 1


def test_the_lease_of_a_worker_that_gives_no_sign_ends_within_half_a_minute() -> None:
    waiting()
    lost = claimed(ONE)
    later(timedelta(seconds=20))
    assert queue.claim(OTHER) is None
    later(timedelta(seconds=10))
    taken = claimed(OTHER)
    assert (taken.delivery, taken.tries) == (lost.delivery, 2)


def test_a_worker_that_was_away_writes_nothing_of_what_is_anothers() -> None:
    waiting()
    away = claimed(ONE)
    later(timedelta(minutes=1))
    claimed(OTHER)
    for act in (queue.hold, queue.tries, lambda lease: queue.put_back(lease, count=True)):
        with pytest.raises(LeaseLostError):
            act(away)
    queue.leave(away)
    assert QueuedDelivery.objects.get().worker == OTHER


def test_a_worker_that_was_away_and_lost_nothing_goes_on() -> None:
    waiting()
    lease = claimed(ONE)
    later(timedelta(minutes=1))
    queue.hold(lease)
    assert queue.claim(OTHER) is None


def test_a_worker_that_starts_again_has_its_own_at_once() -> None:
    waiting()
    lease = claimed(ONE)
    assert claimed(ONE) == Lease(lease.delivery, ONE, lease.size, tries=2)


def test_a_message_that_is_committed_renews_the_lease_and_begins_the_count_anew() -> None:
    waiting()
    lease = claimed()
    later(timedelta(seconds=20))
    queue.hold(lease)
    later(timedelta(seconds=20))
    assert queue.claim(OTHER) is None
    assert queue.tries(lease) == 0


def test_a_large_delivery_is_held_longer_since_it_is_read_whole_first() -> None:
    [pk] = waiting()
    QueuedDelivery.objects.update(size=64 * 2**20)
    claimed(ONE)
    later(timedelta(seconds=120))
    assert queue.claim(OTHER) is None
    later(timedelta(seconds=40))
    assert claimed(OTHER).delivery == pk


def test_a_clock_that_was_set_back_keeps_nothing_for_ever() -> None:
    waiting()
    claimed(ONE)
    QueuedDelivery.objects.update(leased_until=Now() + timedelta(hours=1))
    assert claimed(OTHER).worker == OTHER


def test_what_is_put_back_is_free_and_its_try_counts_or_not() -> None:
    waiting()
    assert queue.put_back(claimed(ONE), count=True) == 1
    assert queue.put_back(claimed(OTHER), count=False) == 1
    assert claimed(ONE).tries == 2


def test_a_try_that_was_forgiven_twice_is_none() -> None:
    waiting()
    lease = claimed()
    queue.hold(lease)
    assert queue.put_back(lease, count=False) == 0


def test_what_is_left_is_gone_with_its_lanes() -> None:
    waiting()
    lease = claimed()
    queue.enter(lease, {"XA570", "XB571"})
    queue.hold(lease)
    queue.leave(lease)
    assert not QueuedDelivery.objects.exists()
    assert not QueueLane.objects.exists()


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several workers, as PostgreSQL allows: whose turn it is does not depend on the database."""
    monkeypatch.setattr(queue, "shared", lambda: True)


def test_deliveries_of_one_flight_are_applied_in_order(several: None) -> None:
    waiting(2)
    first, second = claimed(ONE), claimed(OTHER)
    assert queue.enter(first, {"XA570"})
    assert not queue.enter(second, {"XA570", "XB9"})
    queue.put_back(second, count=False)
    assert queue.claim(OTHER) is None, "it is not its turn, and need not be read again to know that"
    queue.leave(first)
    assert claimed(OTHER).delivery == second.delivery


def test_deliveries_of_other_flights_do_not_wait(several: None) -> None:
    waiting(2)
    first, second = claimed(ONE), claimed(OTHER)
    assert queue.enter(first, {"XA570"})
    assert queue.enter(second, {"XA571"})


def test_the_first_of_all_that_wait_need_not_look_who_is_ahead(several: None) -> None:
    waiting(2)
    first, second = claimed(ONE), claimed(OTHER)
    assert queue.is_first(first)
    assert not queue.is_first(second)
    assert queue.enter(first, {"XA570"}, first=True)
    queue.leave(first)
    assert queue.is_first(second)


def test_nobody_goes_before_one_that_has_not_told_its_flights(several: None) -> None:
    waiting(2)
    first, second = claimed(ONE), claimed(OTHER)
    assert not queue.enter(second, {"XA571"})
    assert queue.enter(first, {"XA570"}), "the lowest number never waits"
    assert queue.enter(second, {"XA571"})


def test_a_blocked_one_keeps_nobody_behind_it_from_being_read(several: None) -> None:
    _, blocked, third = waiting(3)
    first, second = claimed(ONE), claimed(OTHER)
    queue.enter(first, {"XA570"})
    queue.enter(second, {"XA570"})
    queue.put_back(second, count=False)
    assert claimed(OTHER).delivery == third != blocked


def test_one_that_names_two_flights_waits_for_both_and_keeps_both_in_order(several: None) -> None:
    waiting(4)
    leases = [claimed(str(place)) for place in range(4)]
    turns = [
        queue.enter(lease, flights) for lease, flights in zip(leases, ({"A"}, {"B"}, {"A", "B"}, {"B"}), strict=True)
    ]
    assert turns == [True, True, False, False]
    queue.leave(leases[0])
    assert not queue.enter(leases[2], {"A", "B"})
    queue.leave(leases[1])
    assert queue.enter(leases[2], {"A", "B"})
    assert not queue.enter(leases[3], {"B"})


def test_the_backlog_counts_what_waits_and_is_full_by_number_or_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert queue.backlog() == queue.Backlog(0, 0)
    waiting(3)
    QueuedDelivery.objects.update(size=100)
    assert queue.backlog() == queue.Backlog(3, 300)
    assert not queue.backlog().full
    monkeypatch.setattr(queue, "MOST_WAITING", 3)
    assert queue.backlog().full
    monkeypatch.setattr(queue, "MOST_WAITING", 4)
    monkeypatch.setattr(queue, "MOST_BYTES", 300)
    assert queue.backlog().full


def test_a_lease_is_measured_by_the_database_s_clock() -> None:
    waiting()
    claimed()
    until = QueuedDelivery.objects.annotate(now=Now()).values_list("leased_until", "now").get()
    assert timedelta(seconds=20) < _between(*until) <= queue.LEASE


def _between(until: datetime | None, now: datetime) -> timedelta:
    assert until
    return until - now
