"""What the alarms ask of the database, on every page of a supervisor: the same few questions, whatever alarms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.integration import lists
from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.answer import Asks, Effect
from torogoz.domain.clearance import Repeat
from torogoz.domain.coverage import Stage
from torogoz.domain.hit import Action, HitStatus
from torogoz.domain.journey import Direction
from torogoz.domain.staff import Who
from torogoz.storage.access.alarms import Alarms, alarms
from torogoz.storage.access.loads import look
from torogoz.storage.models import (
    AnswerRevision,
    CarrierProfile,
    Decision,
    FlightCheck,
    InteractiveRequest,
    Order,
    OrderConfirmation,
    RepeatedStop,
    WatchlistEntry,
)

Ask = Callable[..., Who]
HOUR = timedelta(hours=1)
#: One a kind of alarm; of flights also which they are, what is agreed with their carriers and which outages were
#: declared, and of list entries also what was decided, which they are, since when each stands, when somebody looked,
#: and what came since the one and the other.
QUIET, ALARMING = 8, 17


@pytest.fixture(autouse=True)
def bounds(settings: Any) -> None:
    settings.ENTRY_HITS_A_DAY = 1


def everything(name: str, people: People, supervisor: Who, now: datetime) -> None:
    """One more of each alarm, on a flight of a carrier of its own and by an entry of a list of its own."""
    case = world.case(act_by=now, raised_at=now, cause_source=name, cause_key="W-1")
    case.journey.carrier, case.journey.departure_at = name, now + HOUR
    case.journey.save()
    case.traveller.minor = True
    case.traveller.save()
    FlightCheck.objects.create(journey=case.journey, stage=Stage.HOUR_BEFORE, checked_at=now, alarmed=True)
    CarrierProfile.objects.create(carrier=name, may_send=["api", "pnr"], changed_at=now)
    Decision.objects.create(
        hit=case.hit, made_by=people.analyst, made_at=now, action=Action.PROTECTION, review_due_at=now, effective_at=now
    )
    RepeatedStop.objects.create(hit=case.hit, kind=Repeat.SAME, at=now)
    order = Order.objects.create(
        agency=world.centre(),
        effect=Effect.NO_BOARD,
        exit_ban=True,
        direction=Direction.OUTBOUND,
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
        subject="",
        case_reference=name,
        entered_by=people.analyst,
        entered_at=now,
    )
    OrderConfirmation.objects.create(
        order=order, traveller=case.traveller, confirmed_by=people.analyst, confirmed_at=now, reason=""
    )
    AnswerRevision.objects.create(
        traveller=case.traveller,
        request=InteractiveRequest.objects.create(
            delivery=case.api.delivery, number=1, asks=next(iter(Asks)), said_at=now, answered_at=now, taken=True
        ),
        made_at=now - HOUR,
    )
    lists.load(lists.ANA, name=name)
    for _ in range(2):
        world.case(act_by=None, status=HitStatus.DECIDED, raised_at=now, cause_source=name, cause_key="W-1")
    look(supervisor, WatchlistEntry.objects.get(watchlist__name=name).pk, "It is that of another", now - HOUR)
    lists.wait(lists.ANA, lists.BETO, name=name)


def asked_by(supervisor: Who, now: datetime) -> int:
    """How many questions the alarms are."""
    with CaptureQueriesContext(connection) as asked:
        alarms(supervisor, now)
    return len(asked)


def test_a_page_asks_no_more_because_more_alarms_or_there_are_more_lists(
    people: People, who: Ask, now: datetime
) -> None:
    supervisor = who(people.supervisor)
    assert asked_by(supervisor, now) == QUIET
    for number in (1, 2, 3):
        everything(f"X{number}", people, supervisor, now)
        counted = {"flights", "unheard", "protect", "entries", "repeated", "lists"}
        expected = Alarms(0, number, number, number, number, lists_since=now, **dict.fromkeys(counted, number))
        assert alarms(supervisor, now) == expected
        assert asked_by(supervisor, now) == ALARMING
