"""Loading from the queue: what one worker began another ends once, poison goes aside, and a queue takes no memory."""

from __future__ import annotations

import os
import time
import tracemalloc
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.integration.flow.conftest import ANA, BETO, LEG, NOW, Say, api
from tests.integration.flow.test_intake import paxlst
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Traveller
from torogoz.flow.compose import BATCH
from torogoz.flow.parse import KILLED, load_next
from torogoz.flow.receive import receive
from torogoz.flow.screen import rescreen_due
from torogoz.flow.spool import Rounds
from torogoz.storage import queue
from torogoz.storage.models import Delivery, Journey, JourneyTraveller, Observation, QueuedDelivery, ReceivedMessage
from torogoz.storage.spool import Spool

pytestmark = pytest.mark.django_db

MEBIBYTE = 2**20


def received(data: bytes) -> int:
    return receive(data, source="test", name="a.edi", now=NOW)


def lease_ends() -> None:
    """Let the worker stand still for longer than its lease."""
    QueuedDelivery.objects.update(leased_until=datetime(2020, 1, 1, tzinfo=NOW.tzinfo))


def test_a_worker_that_stood_still_while_another_took_over_writes_nothing_more() -> None:
    received(paxlst(times=3))
    asked = []

    def told() -> bool:
        asked.append(ReceivedMessage.objects.count())
        if len(asked) == 2:
            lease_ends()
            taken = load_next("other", NOW)
            assert taken
            assert taken.received == 2
        return False

    report = load_next("one", NOW, told=told)
    assert asked == [0, 1], "the first message was this worker's, and the second it did not begin"
    assert report
    assert report.loaded == 0
    assert list(ReceivedMessage.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert Delivery.objects.get().status == Delivery.Status.READ
    assert not QueuedDelivery.objects.exists()


def test_what_a_killed_worker_left_half_done_is_ended_once_by_the_next() -> None:
    received(paxlst(times=3))

    def killed() -> bool:
        if ReceivedMessage.objects.count() == 2:
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        load_next("one", NOW, told=killed)
    assert load_next("other", NOW) is None, "the lease is still the killed worker's"
    lease_ends()
    assert load_next("other", NOW)
    assert ReceivedMessage.objects.count() == 3
    assert Observation.objects.count() == 1, "the second and third repeat the first"


def test_two_workers_with_one_message_load_it_once() -> None:
    received(paxlst())
    within = []

    def told() -> bool:
        within.append(load_next("other", NOW))
        return False

    report = load_next("one", NOW, told=told)
    assert report
    assert (report.loaded, within) == (1, [None])
    assert JourneyTraveller.objects.count() == 1


def test_a_delivery_that_brings_every_worker_down_waits_for_a_person_and_the_next_is_loaded() -> None:
    pk = received(b"POISON")
    received(paxlst())
    QueuedDelivery.objects.filter(pk=pk).update(tries=queue.KILLS)
    while load_next("one", NOW):
        pass
    failed = Delivery.objects.get(pk=pk)
    assert (failed.status, failed.failure) == (Delivery.Status.FAILED, KILLED)
    assert failed.sealed is not None, "it may be replayed"
    assert JourneyTraveller.objects.count() == 1


def test_bytes_that_do_not_open_are_tried_three_times_and_keep_nobody_waiting() -> None:
    pk = received(paxlst(control="7"))
    Delivery.objects.filter(pk=pk).update(sealed=b"\0" * 100)
    received(paxlst())
    tries = 0
    while load_next("one", NOW):
        tries += 1
    assert tries == queue.TRIES + 1
    assert Delivery.objects.get(pk=pk).status == Delivery.Status.FAILED
    assert JourneyTraveller.objects.count() == 1


def drop(spool: Spool, name: str, data: bytes) -> None:
    path = spool.folder / name
    path.write_bytes(data)
    still = time.time() - 60
    os.utime(path, (still, still))


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "spool")
    made.make()
    return made


def left(spool: Spool) -> int:
    return sum(path.suffix == ".edi" for path in spool.folder.iterdir())


def test_the_spool_stops_taking_while_too_much_waits_and_takes_all_of_it_later(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "MOST_WAITING", 3)
    for place in range(10):
        drop(spool, f"{place}.edi", paxlst(control=str(place)))
    rounds = Rounds(spool)
    with monkeypatch.context() as patch:
        patch.setattr("torogoz.flow.spool.work", lambda *_: False)
        for _ in range(3):
            rounds.next()
        assert (QueuedDelivery.objects.count(), left(spool)) == (3, 10), "nothing was read, and so nothing moved"
    for _ in range(10):
        rounds.next()
    assert (QueuedDelivery.objects.count(), left(spool)) == (0, 0)
    assert Delivery.objects.count() == 10


def test_what_a_worker_received_and_died_over_is_not_received_again_by_the_next(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_: object) -> bool:
        raise SystemExit

    drop(spool, "a.edi", paxlst(control="1"))
    drop(spool, "b.edi", paxlst(control="2"))
    with monkeypatch.context() as patch:
        patch.setattr("torogoz.flow.spool.work", died)
        for _ in range(3):
            with pytest.raises(SystemExit):
                Rounds(spool).next()
    assert Delivery.objects.count() == QueuedDelivery.objects.count() == 2, "a death brings nothing in once more"
    while load_next("another", timezone.now()) is not None:
        pass
    with monkeypatch.context() as patch:
        patch.setattr("torogoz.flow.spool.work", died)
        with pytest.raises(SystemExit):
            Rounds(spool).next()
    assert left(spool) == 0, "what was read before it died is put away before it works again"
    drop(spool, "a.edi", paxlst(control="1"))
    Rounds(spool).next()
    assert Delivery.objects.count() == 3, "what is brought again is received again"


def test_one_round_takes_no_more_than_a_batch(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in range(BATCH + 5):
        drop(spool, f"{place:03}.edi", b"x")
    rounds = Rounds(spool)
    assert rounds.next(), "there is more"
    assert Delivery.objects.count() == BATCH
    rounds.next()
    assert Delivery.objects.count() == BATCH + 5


def peak(spool: Spool, files: int) -> int:
    """The most bytes that a worker holds while it takes and reads so many files of a mebibyte."""
    for place in range(files):
        drop(spool, f"{files}-{place:03}.edi", paxlst(control=f"{files}{place}") + b"\n" * MEBIBYTE)
    rounds = Rounds(spool)
    tracemalloc.start()
    try:
        while left(spool):
            rounds.next()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_worker_s_memory_does_not_grow_with_what_waits(spool: Spool) -> None:
    peak(spool, 1)  # what is made once
    few, many = peak(spool, 2), peak(spool, 20)
    assert few > MEBIBYTE, "it holds what it reads"
    assert many < few + 2 * MEBIBYTE, (few, many)
    assert Delivery.objects.filter(status=Delivery.Status.READ).count() == 23


def on_day(days: int, *travellers: Traveller) -> Message:
    """The flight of these tests so many days later, with these travellers."""
    assert LEG.departure_local
    assert LEG.arrival_local
    later = timedelta(days=days)
    leg = replace(LEG, departure_local=LEG.departure_local + later, arrival_local=LEG.arrival_local + later)
    return api(*travellers, flights=(leg,))


def test_a_link_has_the_later_journeys_of_that_person_screened_again_and_no_others(say: Say) -> None:
    say(on_day(2, ANA))
    say(on_day(3, BETO))
    rescreen_due(NOW)
    before = dict(Journey.objects.values_list("departure_date", "screened_at"))
    say(api(ANA))
    rescreen_due(NOW + timedelta(minutes=1))
    [ana] = JourneyTraveller.objects.filter(surname=ANA.surname).values_list("person", flat=True).distinct()
    assert ana, "both journeys are one person's"
    again = [day for day, at in Journey.objects.values_list("departure_date", "screened_at") if before.get(day) != at]
    today = NOW.date()
    assert sorted(again) == [today, today + timedelta(days=2)]
