"""Health: whether what should run runs, for those who keep it running."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.storage import queue
from torogoz.storage.access.health import health
from torogoz.storage.home import Home
from torogoz.storage.models import Delivery, Journey, ReceivedMessage, RetentionRun

Ask = Callable[..., Who]


@pytest.fixture
def sign_of_life() -> Iterator[Callable[[datetime], None]]:
    sign = Home.current().path / "worker-alive"

    def give(at: datetime) -> None:
        sign.touch()
        os.utime(sign, (at.timestamp(), at.timestamp()))

    sign.unlink(missing_ok=True)
    yield give
    sign.unlink(missing_ok=True)


def test_the_administrator_and_the_supervisor_see_it_and_nobody_else(people: People, who: Ask, now: datetime) -> None:
    for account in people.but("administrator", "supervisor"):
        with pytest.raises(RefusedError):
            health(who(account, Purpose.BORDER_CONTROL), now)
    assert health(who(people.administrator), now).version
    assert health(who(people.supervisor), now).migrations_waiting == 0


def test_a_worker_without_a_sign_of_life_is_silent(
    people: People, who: Ask, now: datetime, sign_of_life: Callable[[datetime], None]
) -> None:
    asker = who(people.administrator)
    assert health(asker, now).worker_silent
    assert health(asker, now).worker_seen_at is None
    sign_of_life(now - timedelta(seconds=5))
    assert not health(asker, now).worker_silent
    sign_of_life(now - timedelta(minutes=5))
    assert health(asker, now).worker_silent


def test_deliveries_that_wait_or_failed_are_counted(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.administrator)
    empty = health(asker, now)
    assert (empty.waiting, empty.waits_long, empty.failed) == (0, False, 0)
    waiting = world.message(world.journey(), "PAXLST").delivery
    queue.enqueue(waiting)
    failed = world.message(world.journey(), "PAXLST").delivery
    until = now + timedelta(hours=2)
    Delivery.objects.filter(pk=waiting.pk).update(received_at=now - timedelta(minutes=5))
    Delivery.objects.filter(pk=failed.pk).update(status=Delivery.Status.FAILED, sealed_until=until)
    seen = health(asker, now)
    assert (seen.waiting, seen.waiting_size, seen.waits_long) == (1, waiting.size, True)
    assert (seen.failed, seen.failed_until, seen.backlog_full) == (1, until, False)


def test_a_backlog_that_is_full_is_told(
    people: People, who: Ask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.enqueue(world.message(world.journey(), "PAXLST").delivery)
    assert not health(who(people.administrator), now).backlog_full
    monkeypatch.setattr(queue, "MOST_WAITING", 1)
    assert health(who(people.administrator), now).backlog_full


def test_flights_to_screen_and_those_put_off_because_they_failed_are_told_apart(
    people: People, who: Ask, now: datetime
) -> None:
    for due in (now, now - timedelta(minutes=1), now + timedelta(minutes=4), None):
        Journey.objects.filter(pk=world.journey().pk).update(screening_due_at=due)
    seen = health(who(people.administrator), now)
    assert (seen.journeys_to_screen, seen.journeys_put_off) == (2, 1)


def test_the_carrier_that_is_silent_longest_stands_first(people: People, who: Ask, now: datetime) -> None:
    for carrier, hours, status in (("XA", 1, "loaded"), ("YB", 30, "loaded"), ("XA", 2, "refused"), ("", 3, "refused")):
        row = world.message(world.journey(), "PAXLST")
        ReceivedMessage.objects.filter(pk=row.pk).update(
            carrier=carrier, received_at=now - timedelta(hours=hours), status=status
        )
    carriers = health(who(people.administrator), now).carriers
    assert [(each.code, each.messages, each.refused) for each in carriers] == [("YB", 0, 0), ("XA", 2, 1)]


def test_a_missing_key_is_named(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.administrator)
    assert health(asker, now).keys_missing == ()
    key = Home.current().keys / "signing-1.key"
    away = key.rename(key.with_suffix(".away"))
    try:
        assert health(asker, now).keys_missing == ("signing-1.key",)
    finally:
        away.rename(key)


def test_retention_that_waits_for_a_person_is_said(
    people: People, who: Ask, now: datetime, browse: Callable[..., Client]
) -> None:
    asker = who(people.administrator)
    assert (health(asker, now).retention_at, health(asker, now).retention_waits) == (None, False)
    RetentionRun.objects.create(as_of=now, started_at=now, finished_at=now, profile="c817", stage="certify")
    later = now + timedelta(days=8)
    assert (health(asker, later).retention_at, health(asker, later).retention_waits) == (now, False)
    assert health(asker, later + timedelta(seconds=1)).retention_waits
    RetentionRun.objects.update(as_of=timezone.now() - timedelta(days=9))
    assert "torogoz retention run --as-of" in browse(people.administrator).get("/health").content.decode()
