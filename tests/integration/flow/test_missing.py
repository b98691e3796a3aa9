"""A scheduled flight that sends nothing, or too little, alarms an hour before, at departure and at arrival."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.coverage import State
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.route import pasted
from torogoz.domain.staff import Who
from torogoz.flow.agree import Terms, agree, declare_outage
from torogoz.flow.missing import LATEST
from torogoz.flow.upkeep import upkeep
from torogoz.storage.access.alarms import alarms
from torogoz.storage.access.board import Lack, flight_page
from torogoz.storage.access.missing import lacking
from torogoz.storage.access.queue import queue
from torogoz.storage.models import AuditEntry, Booking, Event, FlightCheck, Journey

pytestmark = pytest.mark.django_db

Ask = Callable[..., Who]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def flight(now: datetime, **columns: object) -> Journey:
    """A scheduled flight that leaves in an hour and lands five hours later."""
    made = world.journey()
    told = {"scheduled": True, "departure_at": now + HOUR, "arrival_at": now + 6 * HOUR} | columns
    for name, value in told.items():
        setattr(made, name, value)
    made.save()
    return made


def stages() -> list[tuple[str, bool]]:
    return list(FlightCheck.objects.order_by("pk").values_list("stage", "alarmed"))


def test_a_flight_that_sends_nothing_alarms_at_each_of_the_three_stages_once(now: datetime) -> None:
    """LR-14."""
    made = flight(now)
    for at in (now - MINUTE, now, now + MINUTE, now + HOUR, now + 2 * HOUR, now + 6 * HOUR, now + 7 * HOUR):
        upkeep(at)
    assert stages() == [("hour_before", True), ("departure", True), ("arrival", True)]
    entries = AuditEntry.objects.filter(event=AuditEvent.FLIGHT_ALARMED)
    assert [each.object_id for each in entries] == [made.pk] * 3
    assert Event.objects.filter(kind="flight.alarmed", journey=made).count() == 3


def test_a_flight_that_sent_everything_does_not_alarm_and_one_that_sent_too_few_does(now: datetime) -> None:
    there = {"last_api_at": now, "last_pnr_at": now}
    flight(now, **there)
    short = flight(now, **there, expected_travellers=2)
    world.traveller(short, world.api(short, world.ANA))
    assert upkeep(now).alarmed == 1
    assert dict(FlightCheck.objects.values_list("journey", "alarmed")) == {short.pk: True, short.pk - 1: False}
    assert FlightCheck.objects.get(journey=short).states == {"api": "short", "pnr": "there"}


def test_a_push_that_brought_fewer_bookings_than_it_announced_alarms_until_the_rest_has_come(
    people: People, who: Ask, now: datetime
) -> None:
    """LR-14: a part of a push that never came is too little, and not everything."""
    short = flight(now, last_api_at=now, last_pnr_at=now, expected_bookings=2)
    message = world.message(short, "PNRGOV")
    Booking.objects.create(journey=short, record_locator="AB12CD", last_message=message)
    assert upkeep(now).alarmed == 1
    assert FlightCheck.objects.get().states == {"api": "there", "pnr": "short"}
    supervisor = who(people.supervisor, Purpose.SERIOUS_CRIME)
    assert flight_page(supervisor, short.pk, now).flight.lacks == (Lack.PNR_INCOMPLETE,)
    [lacks] = lacking(now)
    assert lacks.states == ((DataClass.PNR, State.SHORT),)
    # One that was cancelled since was named all the same.
    Booking.objects.create(journey=short, record_locator="EF34GH", last_message=message, cancelled_at=now)
    assert lacking(now) == ()
    assert flight_page(supervisor, short.pk, now).flight.lacks == ()


def test_flights_that_are_not_scheduled_cancelled_or_long_gone_are_not_looked_at(now: datetime) -> None:
    flight(now, scheduled=False)
    flight(now, status=Journey.Status.CANCELLED)
    flight(now, departure_at=now - LATEST - MINUTE, arrival_at=now - LATEST + HOUR)
    flight(now, departure_at=None, arrival_at=None)
    upkeep(now)
    assert stages() == []


def test_what_is_not_due_and_what_lacks_in_an_outage_alarm_nobody_and_the_board_tells_them_apart(
    people: People, who: Ask, now: datetime
) -> None:
    """LR-07: the carrier is not blamed, and nobody is sent to look for what was never due."""
    asker = who(people.supervisor, Purpose.SERIOUS_CRIME)
    profile = agree(asker, "XA", Terms(may_send=("api",)), now)
    declare_outage(asker, profile, now - HOUR, None, "The line is cut", now)
    out = flight(now)
    other = flight(now, carrier="YB")
    assert upkeep(now).alarmed == 1
    assert [each.id for each in lacking(now)] == [other.pk]
    assert FlightCheck.objects.get(journey=out).states == {"api": "outage", "pnr": "not_due"}
    assert flight_page(asker, out.pk, now).flight.lacks == (Lack.OUTAGE, Lack.PNR_NOT_DUE)
    assert flight_page(asker, other.pk, now).flight.lacks == (Lack.NO_API, Lack.NO_PNR)


def test_an_alarm_stands_in_the_queue_and_before_every_supervisor_until_what_lacked_has_come(
    people: People, who: Ask, now: datetime
) -> None:
    made = flight(now)
    upkeep(now)
    for account in (people.analyst, people.supervisor):
        (shown,) = queue(who(account, Purpose.BORDER_CONTROL), now).lacking
        assert (shown.id, shown.stage.value) == (made.pk, "hour_before")
    assert alarms(who(people.supervisor), now).flights == 1
    made.last_api_at = made.last_pnr_at = now
    made.save()
    assert lacking(now) == ()
    assert not alarms(who(people.supervisor), now)


def test_a_carriers_own_times_say_when_its_flights_alarm(people: People, who: Ask, now: datetime) -> None:
    late = flight(now, last_pnr_at=now)
    assert upkeep(now).alarmed == 0, "the list is due at departure where nothing is agreed"
    FlightCheck.objects.all().delete()
    agree(who(people.supervisor), "XA", Terms(expected=pasted("LAX SAL API 60")), now)
    assert upkeep(now).alarmed == 1
    assert FlightCheck.objects.get(journey=late).states["api"] == "missing"
