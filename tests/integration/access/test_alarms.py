"""What alarms a supervisor, wherever they are and whatever they look for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.integration import lists
from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.hit import HitStatus
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.waiting import discard
from torogoz.storage.access.alarms import Alarms, alarms
from torogoz.storage.access.guard import who_is
from torogoz.storage.models import Account, AuditEntry, Decision, Hit

Ask = Callable[..., Who]
MINUTE = timedelta(minutes=1)
QUIET = Alarms(0, 0, 0, 0, 0)


def _alone(hit: Hit, by: People, due: datetime) -> Decision:
    """A decision that one person put in force alone."""
    return Decision.objects.create(
        hit=hit, made_by=by.analyst, made_at=due, identity="same", ground="yes", action="refer", review_due_at=due
    )


def test_only_supervisors_are_alarmed(people: People, who: Ask, now: datetime) -> None:
    for account in people.but("supervisor"):
        with pytest.raises(RefusedError):
            alarms(who(account), now)
    assert alarms(who(people.supervisor), now) == QUIET
    assert not alarms(who(people.supervisor), now)


def test_hits_near_their_deadline_and_past_it_alarm_until_somebody_decides(
    people: People, who: Ask, now: datetime
) -> None:
    supervisor = who(people.supervisor, Purpose.SERIOUS_CRIME)
    hit = world.case(act_by=now + 31 * MINUTE).hit
    world.case(act_by=None)
    world.case(act_by=now, queued=False)
    assert alarms(supervisor, now) == QUIET
    assert alarms(supervisor, now + MINUTE) == Alarms(1, 0, 0, 0, 0)
    assert alarms(supervisor, now + 31 * MINUTE) == Alarms(0, 1, 0, 0, 0)
    assert alarms(supervisor, now + timedelta(days=9)) == Alarms(0, 1, 0, 0, 0)
    Hit.objects.filter(pk=hit.pk).update(status=HitStatus.AWAITING_SECOND)
    assert alarms(supervisor, now + 31 * MINUTE)
    Hit.objects.filter(pk=hit.pk).update(status=HitStatus.DECIDED)
    assert alarms(supervisor, now + 31 * MINUTE) == QUIET


def test_an_urgent_decision_alarms_until_it_is_reviewed_and_more_when_its_day_is_over(
    people: People, who: Ask, now: datetime
) -> None:
    supervisor = who(people.supervisor, Purpose.SERIOUS_CRIME)
    decision = _alone(world.case(act_by=None, status=HitStatus.DECIDED).hit, people, now + MINUTE)
    assert alarms(supervisor, now) == Alarms(0, 0, 1, 0, 0)
    assert alarms(supervisor, now + MINUTE) == Alarms(0, 0, 1, 1, 0)
    Decision.objects.filter(pk=decision.pk).update(reviewed_at=now)
    assert alarms(supervisor, now + MINUTE) == QUIET


def test_a_hit_of_another_purpose_alarms_too_and_one_of_a_closed_compartment_does_not(
    people: People, who: Ask, now: datetime
) -> None:
    world.case(act_by=now)
    _alone(world.case(act_by=None, status=HitStatus.DECIDED).hit, people, now + MINUTE)
    world.case(act_by=now, compartment="operation-of-others")
    assert alarms(who(people.supervisor, Purpose.SERIOUS_CRIME), now) == Alarms(0, 1, 1, 0, 0)
    assert alarms(who(people.supervisor, Purpose.BORDER_CONTROL), now) == Alarms(0, 1, 1, 0, 2)
    assert alarms(who(people.supervisor), now) == Alarms(0, 1, 1, 0, 2)


def test_a_hit_that_is_due_and_waits_for_its_review_opens_elsewhere_once(
    people: People, who: Ask, now: datetime
) -> None:
    hit = world.case(act_by=now, status=HitStatus.AWAITING_SECOND).hit
    for _ in range(2):
        _alone(hit, people, now + MINUTE)
    _alone(world.case(act_by=None).hit, people, now + MINUTE)
    assert alarms(who(people.supervisor, Purpose.SERIOUS_CRIME), now) == Alarms(0, 1, 3, 0, 0)
    assert alarms(who(people.supervisor, Purpose.BORDER_CONTROL), now) == Alarms(0, 1, 3, 0, 2)


def test_every_page_of_a_supervisor_alarms_without_an_audit_entry_and_no_page_of_others(
    people: People, browse: Callable[..., Client], now: datetime
) -> None:
    world.case(act_by=now.replace(year=2020))
    supervisor = browse(people.supervisor, Purpose.EXIT_BAN)
    for path in ("/health", "/rules", "/queue", "/no-such-page"):
        assert "is past its time" in supervisor.get(path).content.decode(), path
    before = AuditEntry.objects.count()
    assert "is past its time" in supervisor.get("/alarms", headers={"X-Live": "1"}).content.decode()
    assert AuditEntry.objects.count() == before
    for account in (people.analyst, people.administrator):
        client = browse(account, Purpose.SERIOUS_CRIME)
        assert "is past its time" not in client.get("/messages").content.decode()
        assert client.get("/alarms").status_code == 403


def test_a_change_of_a_list_alarms_those_who_may_answer_until_somebody_does(
    people: People, who: Ask, now: datetime
) -> None:
    """Not whoever brought what asks for a second person; of another agency's list nobody here."""
    lists.load(lists.ANA)
    supervisor = who(people.supervisor, Purpose.BORDER_CONTROL)
    other = Account.objects.create(username="the-second", role="supervisor", agency=people.supervisor.agency)
    number = lists.wait(lists.BETO, who=supervisor)
    assert alarms(supervisor, now) == QUIET
    told = alarms(who_is(other), now)
    assert (told.lists, told.lists_since, bool(told)) == (1, lists.NOW, True)
    assert not alarms(who_is(other), now + timedelta(days=8))
    elsewhere = Account.objects.create(username="elsewhere", role="supervisor", agency=people.partner.agency)
    assert not alarms(who_is(elsewhere), now).lists
    discard(who_is(other), number, "Not this one", now)
    assert alarms(who_is(other), now) == QUIET
