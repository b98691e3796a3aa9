"""The queue: its order, its marks, and who finds what in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.storage.access.queue import queue
from torogoz.storage.models import AuditEntry, HitSeen

Ask = Callable[..., Who]
MINUTE = timedelta(minutes=1)


def test_only_those_who_review_hits_see_the_queue_and_only_for_a_purpose(
    people: People, who: Ask, now: datetime
) -> None:
    world.case()
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError):
            queue(who(account, Purpose.BORDER_CONTROL), now)
    with pytest.raises(RefusedError):
        queue(who(people.analyst), now)
    assert queue(who(people.supervisor, Purpose.SERIOUS_CRIME), now).total == 1


def test_another_agencys_analyst_and_a_narrower_purpose_do_not_even_see_a_count(
    people: People, who: Ask, now: datetime
) -> None:
    world.case()
    world.case(compartment="operation-of-others")
    assert queue(who(people.partner, Purpose.SERIOUS_CRIME), now).total == 0
    assert queue(who(people.analyst, Purpose.EXIT_BAN), now).total == 0
    assert queue(who(people.analyst, Purpose.SERIOUS_CRIME), now).total == 1


def test_the_gravest_stand_first_then_what_must_be_answered_soonest_then_what_has_no_time(
    people: People, who: Ask, now: datetime
) -> None:
    timeless = world.case(gravity=1, act_by=None).hit
    late = world.case(gravity=1, act_by=now + 90 * MINUTE).hit
    soon = world.case(gravity=1, act_by=now + 40 * MINUTE).hit
    lesser = world.case(gravity=3, act_by=now + MINUTE).hit
    seen = queue(who(people.analyst, Purpose.SERIOUS_CRIME), now)
    assert [each.id for each in seen.hits] == [soon.pk, late.pk, timeless.pk, lesser.pk]
    assert seen.bands == ((1, 3), (2, 0), (3, 1), (4, 0))


def test_advisory_and_decided_hits_are_never_in_the_queue_and_overdue_ones_always(
    people: People, who: Ask, now: datetime
) -> None:
    world.case(queued=False)
    world.case(status=HitStatus.DECIDED)
    overdue = world.case(act_by=now - 500 * MINUTE).hit
    near = world.case(act_by=now + 20 * MINUTE, status=HitStatus.AWAITING_SECOND).hit
    marks = {
        each.id: (each.overdue, each.near, each.awaiting_second)
        for each in queue(who(people.analyst, Purpose.SERIOUS_CRIME), now).hits
    }
    assert marks == {overdue.pk: (True, False, False), near.pk: (False, True, True)}


def test_very_likely_hits_are_marked_and_the_deadline_still_orders_them(
    people: People, who: Ask, now: datetime
) -> None:
    likely = world.case(probability=0.97, act_by=now + 90 * MINUTE).hit
    doubtful = world.case(probability=0.6, act_by=now + 40 * MINUTE).hit
    rule = world.case(probability=None, millibits=0, act_by=now + 95 * MINUTE).hit
    seen = queue(who(people.analyst, Purpose.SERIOUS_CRIME), now).hits
    assert [(each.id, each.urgent) for each in seen] == [(doubtful.pk, False), (likely.pk, True), (rule.pk, False)]


def test_what_changed_since_the_asker_looked_is_marked_for_them_alone(people: People, who: Ask, now: datetime) -> None:
    hit = world.case(changed_at=now).hit
    HitSeen.objects.create(hit=hit, account=people.analyst, seen_at=now - MINUTE)
    HitSeen.objects.create(hit=hit, account=people.supervisor, seen_at=now + MINUTE)

    def marks(asker: Who) -> tuple[bool, bool]:
        (seen,) = queue(asker, now).hits
        return seen.fresh, seen.changed

    assert marks(who(people.analyst, Purpose.SERIOUS_CRIME)) == (False, True)
    assert marks(who(people.supervisor, Purpose.SERIOUS_CRIME)) == (False, False)
    HitSeen.objects.all().delete()
    assert marks(who(people.analyst, Purpose.SERIOUS_CRIME)) == (True, False)


def test_a_claim_shows_whose_it_is_until_it_ends(people: People, who: Ask, now: datetime) -> None:
    mine = world.case(claimed_by=people.analyst, claimed_until=now + 10 * MINUTE).hit
    other = world.case(claimed_by=people.supervisor, claimed_until=now + 10 * MINUTE).hit
    ended = world.case(claimed_by=people.analyst, claimed_until=now).hit
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    claims = {each.id: each.claim for each in queue(asker, now).hits}
    assert claims[ended.pk] is None
    own, colleague = claims[mine.pk], claims[other.pk]
    assert own
    assert own.mine
    assert colleague
    assert not colleague.mine
    assert colleague.by == people.supervisor.username
    narrowed = queue(asker, now, mine=True)
    assert [each.id for each in narrowed.hits] == [mine.pk]
    assert (narrowed.mine, narrowed.total) == (1, 3)


def test_a_band_narrows_the_page_and_not_the_counts(people: People, who: Ask, now: datetime) -> None:
    world.case(gravity=1)
    second = world.case(gravity=2).hit
    seen = queue(who(people.analyst, Purpose.SERIOUS_CRIME), now, band=2)
    assert [each.id for each in seen.hits] == [second.pk]
    assert seen.total == 2


def test_a_page_view_is_one_audit_entry_and_a_live_refresh_none(people: People, who: Ask, now: datetime) -> None:
    world.case()
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    queue(asker, now, live=True)
    assert not AuditEntry.objects.exists()
    queue(asker, now)
    (entry,) = AuditEntry.objects.all()
    assert (entry.event, entry.counts) == (AuditEvent.VIEWED_QUEUE, {"hits": 1})


def test_a_traveller_whom_the_purpose_cannot_read_is_not_named(people: People, who: Ask, now: datetime) -> None:
    flight = world.journey()
    pnr = world.message(flight, "PNRGOV")
    booked = world.traveller(flight, (DataClass.PNR, pnr, world.ANA_BOOKED, world.BOOKING))
    world.hit_of(booked, pnr, purpose=Purpose.EXIT_BAN)
    assert queue(who(people.analyst, Purpose.EXIT_BAN), now).hits == ()
    assert len(queue(who(people.analyst, Purpose.SERIOUS_CRIME), now).hits) == 1
