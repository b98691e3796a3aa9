"""What live screens are told, and who is told nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import StaffRole, Who
from torogoz.storage.access.stream import News, Screen, latest, news, reader
from torogoz.storage.models import Event, Hit

Ask = Callable[..., Who]


def _event(now: datetime, hit: Hit | None = None) -> int:
    return Event.objects.create(at=now, kind="test", hit=hit, journey=hit.journey if hit else None).pk


def test_a_reader_hears_of_hits_that_they_may_see_and_of_flights(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    assert latest() == 0
    first = _event(now, world.case().hit)
    assert news(asker, 0) == News(first, frozenset({Screen.QUEUE, Screen.BOARD}))
    second = _event(now)
    assert news(asker, first) == News(second, frozenset({Screen.BOARD}))
    assert news(asker, second) == News(second, frozenset())
    assert latest() == second


def test_another_agencys_hits_another_purpose_and_advisory_hits_are_no_news(
    people: People, who: Ask, now: datetime
) -> None:
    last = _event(now, world.case().hit)
    assert news(who(people.partner, Purpose.SERIOUS_CRIME), 0) == News(last, frozenset())
    assert news(who(people.analyst, Purpose.BORDER_CONTROL), 0) == News(last, frozenset())
    advisory = _event(now, world.case(queued=False).hit)
    assert news(who(people.analyst, Purpose.SERIOUS_CRIME), last) == News(advisory, frozenset())


def test_a_reader_is_asked_anew_who_they_are(people: People) -> None:
    account = people.analyst
    purpose = Purpose.SERIOUS_CRIME.value
    assert reader(account.pk, purpose) is not None
    assert reader(account.pk, None) is None
    account.role = StaffRole.ADMINISTRATOR
    account.save()
    assert reader(account.pk, purpose) is None
    account.role, account.is_active = StaffRole.ANALYST, False
    account.save()
    assert reader(account.pk, purpose) is None
    assert reader(4711, purpose) is None
