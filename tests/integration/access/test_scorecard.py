"""A carrier's figures: computed from what came, for the centre and the carrier's own person; nobody is singled out."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.carrier import Verdict
from torogoz.domain.finding import Severity
from torogoz.domain.purpose import DataClass
from torogoz.domain.route import pasted
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.flow.agree import Terms, agree, declare_outage
from torogoz.flow.contest import answer, contest
from torogoz.messages.quality import ELEMENTS
from torogoz.storage.access.scorecard import LEAST, WEEKS, Flights, Scorecard, Sent, Share, scorecard
from torogoz.storage.models import AuditEntry, FlightCheck, Journey, JourneyTraveller, ReceivedMessage

Ask = Callable[..., Who]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WARNED = {"code": "DATE_UNREADABLE", "severity": "warning", "segment": "DTM", "position": 7}
FAILED = {"code": "SEGMENT_TOO_LONG", "severity": "error", "segment": "NAD", "position": 9}


def flight(now: datetime, left: timedelta = DAY, **columns: object) -> Journey:
    made = world.journey()
    told = {"scheduled": True, "departure_at": now - left, "arrival_at": now - left + 5 * HOUR} | columns
    for name, value in told.items():
        setattr(made, name, value)
    made.save()
    return made


def sent(journey: Journey, before: timedelta, kind: str = "PAXLST", **columns: Any) -> ReceivedMessage:
    """A message of a flight, so long before it left."""
    row = world.message(journey, kind)
    assert journey.departure_at
    for name, value in ({"received_at": journey.departure_at - before, "travellers": 3} | columns).items():
        setattr(row, name, value)
    row.save()
    return row


def own(people: People, who: Ask, now: datetime, **options: Any) -> Scorecard:
    return scorecard(who(people.carrier_person), now, **options)


def of(card: Scorecard, data_class: DataClass) -> Flights:
    return next(each for each in card.flights if each.data_class is data_class)


def test_the_centre_sees_every_carriers_figures_and_a_carriers_person_their_own_only(
    people: People, who: Ask, now: datetime
) -> None:
    number = agree(who(people.supervisor), "XA", Terms(), now)
    other = agree(who(people.supervisor), "YB", Terms(), now)
    sent(flight(now, carrier="YB"), HOUR, carrier="YB")
    sent(flight(now), HOUR)
    for account in people.but("supervisor", "administrator"):
        with pytest.raises(RefusedError):
            scorecard(who(account), now, profile=number)
    for account in people.but("carrier_person"):
        with pytest.raises(RefusedError):
            scorecard(who(account), now)
    assert own(people, who, now).carrier == "XA"
    assert sum(each.received for each in own(people, who, now).sent) == 1
    assert scorecard(who(people.administrator), now, profile=other).carrier == "YB"
    with pytest.raises(RefusedError):
        scorecard(who(people.supervisor), now, profile=4711)
    noted = AuditEntry.objects.filter(event=AuditEvent.VIEWED_CARRIERS).latest("pk")
    assert (noted.object_type, noted.object_id, noted.counts) == ("carrier", other, {"messages": 1})


def test_an_account_of_that_role_whose_carrier_is_not_named_sees_nothing(
    people: People, who: Ask, now: datetime
) -> None:
    people.carrier_person.carrier = ""
    people.carrier_person.save()
    sent(flight(now), HOUR, carrier="")
    with pytest.raises(RefusedError):
        own(people, who, now)


def test_messages_are_counted_by_type_and_by_what_became_of_them(people: People, who: Ask, now: datetime) -> None:
    made = flight(now)
    sent(made, HOUR)
    sent(made, HOUR, status="duplicate")
    sent(made, HOUR, kind="PNRGOV", status="refused")
    sent(flight(now, 40 * DAY), HOUR)
    assert own(people, who, now).sent == (Sent("PAXLST", 2, 1, 1, 0), Sent("PNRGOV", 1, 0, 0, 1))
    assert own(people, who, now, days=84).sent[0].received == 3
    assert own(people, who, now, days=13).days == 28


def test_flights_are_in_time_late_missing_in_an_outage_or_not_due_and_those_of_others_do_not_count(
    people: People, who: Ask, now: datetime
) -> None:
    """LR-07, LR-14."""
    asker = who(people.supervisor)
    agree(asker, "XA", Terms(may_send=("api",), expected=pasted("LAX SAL API 60")), now)
    sent(flight(now), 61 * HOUR / 60)
    late = flight(now, 2 * DAY)
    sent(late, HOUR / 2)
    sent(late, HOUR / 4)
    crew_only = flight(now, 3 * DAY)
    sent(crew_only, 3 * HOUR, function="250")
    refused = flight(now, 4 * DAY)
    sent(refused, 3 * HOUR, status="refused")
    out = flight(now, 10 * DAY)
    assert out.departure_at
    profile = agree(asker, "XA", Terms(may_send=("api",), expected=pasted("LAX SAL API 60"), name="X"), now)
    declare_outage(asker, profile, out.departure_at - 2 * HOUR, out.departure_at + HOUR, "The line is cut", now)
    flight(now, scheduled=False)
    flight(now, status=Journey.Status.CANCELLED)
    flight(now, carrier="YB")
    flight(now, -DAY)
    card = own(people, who, now)
    assert of(card, DataClass.API) == Flights(DataClass.API, 5, in_time=1, late=1, missing=2, outage=1)
    assert of(card, DataClass.PNR) == Flights(DataClass.PNR, 5, not_due=5)
    assert sum(each.missing for each in card.weeks) == 2
    assert sum(each.late for each in card.weeks) == 1


def test_a_message_sent_at_the_agreed_minute_is_not_late_for_the_time_it_is_on_its_way(
    people: People, who: Ask, now: datetime
) -> None:
    agree(who(people.supervisor), "XA", Terms(may_send=("pnr",), expected=pasted("* * PNR 1440")), now)
    sent(flight(now, 2 * DAY), 24 * HOUR - timedelta(minutes=5), kind="PNRGOV")
    sent(flight(now, 3 * DAY), 24 * HOUR - timedelta(minutes=5, seconds=1), kind="PNRGOV")
    assert of(own(people, who, now), DataClass.PNR) == Flights(DataClass.PNR, 2, in_time=1, late=1)


def test_each_flight_behind_the_figures_is_named_with_when_it_was_due_and_came(
    people: People, who: Ask, now: datetime
) -> None:
    agree(who(people.supervisor), "XA", Terms(expected=pasted("* * API 60\n* * PNR 1440")), now)
    whole, late, short, old = flight(now), flight(now, 2 * DAY), flight(now, 3 * DAY), flight(now, 40 * DAY)
    for made in (whole, short):
        sent(made, 2 * HOUR)
        sent(made, 25 * HOUR, kind="PNRGOV")
    sent(late, HOUR / 2)
    FlightCheck.objects.create(journey=short, stage="arrival", states={"api": "short"}, checked_at=now)
    assert late.departure_at
    assert old.departure_at
    found = [(each.departure_at, each.data_class.value, each.how) for each in own(people, who, now).lacked]
    assert found == [
        (late.departure_at, "api", "late"),
        (late.departure_at, "pnr", "missing"),
        (short.departure_at, "api", "short"),
    ]
    first = own(people, who, now).lacked[0]
    assert (first.designator, first.departure_airport, first.arrival_airport) == (late.designator, "LAX", "SAL")
    assert (first.due_at, first.came_at) == (late.departure_at - HOUR, late.departure_at - HOUR / 2)


def test_where_several_pushes_are_expected_a_flight_of_which_the_last_did_not_come_is_missing_and_counted_once(
    people: People, who: Ask, now: datetime
) -> None:
    """LR-14."""
    lines = "* * PNR 4320\n* * PNR 1440\n* * PNR 0"
    agree(who(people.supervisor), "XA", Terms(may_send=("pnr",), expected=pasted(lines)), now)
    whole, late_and_stale, late = flight(now), flight(now, 2 * DAY), flight(now, 3 * DAY)
    for hours in (73, 25, 1):
        sent(whole, hours * HOUR, kind="PNRGOV")
    for hours in (71, 24):
        sent(late_and_stale, hours * HOUR, kind="PNRGOV")
    for hours in (71, 1):
        sent(late, hours * HOUR, kind="PNRGOV")
    assert of(own(people, who, now), DataClass.PNR) == Flights(DataClass.PNR, 3, in_time=1, late=1, missing=1)


def test_a_flight_that_was_short_at_its_last_look_is_told(people: People, who: Ask, now: datetime) -> None:
    made = flight(now)
    sent(made, HOUR)
    for stage, state, at in (("departure", "short", 1), ("arrival", "short", 2)):
        FlightCheck.objects.create(journey=made, stage=stage, checked_at=now - DAY + at * HOUR, states={"api": state})
    assert of(own(people, who, now), DataClass.API).short == 1


def test_findings_stand_by_weight_and_number_without_those_about_which_the_carrier_was_right(
    people: People, who: Ask, now: datetime
) -> None:
    made = flight(now)
    row = sent(made, HOUR, findings=[WARNED, WARNED, FAILED])
    sent(made, HOUR, findings=[WARNED])
    theirs, supervisor = who(people.carrier_person), who(people.supervisor)

    def found() -> list[tuple[str, Severity, int, int]]:
        return [(each.code, each.severity, each.times, each.messages) for each in own(people, who, now).found]

    everything = [("SEGMENT_TOO_LONG", Severity.ERROR, 1, 1), ("DATE_UNREADABLE", Severity.WARNING, 3, 2)]
    assert found() == everything
    wrong = contest(theirs, row.pk, 2, "The segment has forty signs", now)
    right = contest(theirs, row.pk, 0, "The day was in the calendar", now)
    assert found() == everything, "what waits counts"
    answer(supervisor, wrong, Verdict.STANDS, "We counted nine hundred", now)
    answer(supervisor, right, Verdict.RIGHT, "It was: we are sorry", now)
    assert found() == [everything[0], ("DATE_UNREADABLE", Severity.WARNING, 2, 2)]


def counts(travellers: int, **elements: list[int]) -> dict[str, Any]:
    told = {key: [travellers, travellers] for key in ELEMENTS} | elements
    return {"travellers": travellers, "elements": told, "scanned": travellers // 2, "typed": 0}


def test_completeness_is_a_share_of_all_travellers_of_a_type_and_a_resend_counts_once(
    people: People, who: Ask, now: datetime
) -> None:
    """LR-09, LR-10."""
    made = flight(now)
    sent(made, HOUR, quality=counts(60, sex=[60, 30]))
    sent(made, HOUR, quality=counts(40, sex=[20, 20]))
    sent(made, HOUR, quality=counts(40), status="duplicate")
    (paxlst,) = own(people, who, now).elements
    sex = next(each for each in paxlst.elements if each.name == "sex")
    assert (paxlst.type, sex.present, sex.valid) == ("PAXLST", Share(100, 80, 20), Share(80, 62, 30))
    card = own(people, who, now)
    assert card.scanned == Share(50, 100, 0)
    assert card.untold == Share(100, 50, 50)


def test_api_and_pnr_agree_for_a_share_of_those_whom_both_named(people: People, who: Ask, now: datetime) -> None:
    made = flight(now)
    for place in range(40):
        JourneyTraveller.objects.create(
            journey=made,
            role="passenger",
            status_at=now,
            first_received_at=now,
            updated_at=now,
            has_api=True,
            has_pnr=place < 30,
            disagreements=place % 3 == 0,
        )
    assert own(people, who, now).agreement == Share(30, 66, 10)


@given(st.integers(0, 300), st.integers(0, 300))
def test_no_share_tells_of_fewer_travellers_than_may_be_told(part: int, more: int) -> None:
    """LR-25: nobody is singled out by a figure."""
    share = Share.of_many(part, part + more)
    if part + more < LEAST:
        assert share == Share(0, None, None)
    if 0 < more < LEAST or 0 < part < LEAST:
        assert share.others is None
    if share.others is not None:
        assert share.others == more
    if share.percent is not None:
        assert share.percent == 100 * part // (part + more)
        assert part == 0 or part >= LEAST


def test_twelve_weeks_end_today_and_hold_each_message_once(people: People, who: Ask, now: datetime) -> None:
    for days in (0, 6, 7, 83):
        made = flight(now, days * DAY + HOUR)
        sent(made, timedelta(0), status="refused" if days == 7 else "loaded")
    weeks = own(people, who, now).weeks
    assert len(weeks) == WEEKS
    assert [each.received for each in weeks] == [1, *[0] * 9, 1, 2]
    assert [each.refused for each in weeks][-2:] == [1, 0]
    assert all(later.day - each.day == 7 * DAY for each, later in itertools.pairwise(weeks))


def test_figures_take_as_many_questions_whatever_was_sent(
    people: People, who: Ask, now: datetime, django_assert_max_num_queries: Any
) -> None:
    asker = who(people.carrier_person)
    for days in range(1, 25):
        sent(flight(now, days * DAY), HOUR, findings=[WARNED], quality=counts(10))
    with django_assert_max_num_queries(16):
        scorecard(asker, now)
