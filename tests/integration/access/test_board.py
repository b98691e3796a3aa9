"""Who sees the flights, what of them, and what a flight lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.hit import HitStatus
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import Who
from torogoz.domain.traveller import TravellerRole
from torogoz.errors import RefusedError
from torogoz.storage.access.board import Lack, OffReason, TravellerStatus, board, flight_page
from torogoz.storage.models import AuditEntry, Journey, JourneyDesignator, Retiming

Ask = Callable[..., Who]


def _flight(**columns: object) -> Journey:
    flight = world.journey()
    for name, value in columns.items():
        setattr(flight, name, value)
    flight.save()
    return flight


def _lacks(who: Who, now: datetime, flight: Journey) -> tuple[Lack, ...]:
    return flight_page(who, flight.pk, now).flight.lacks


def test_only_those_who_review_hits_see_the_flights_and_only_for_a_purpose(
    people: People, who: Ask, now: datetime
) -> None:
    flight = world.case().journey
    for account in people.but("analyst", "supervisor", "partner"):
        purpose = Purpose.OVERSIGHT if account == people.data_protection else Purpose.BORDER_CONTROL
        for read in (lambda asker: board(asker, now), lambda asker: flight_page(asker, flight.pk, now)):
            with pytest.raises(RefusedError):
                read(who(account, purpose))
    for account in (people.analyst, people.supervisor):
        with pytest.raises(RefusedError):
            board(who(account), now)
        assert board(who(account, Purpose.BORDER_CONTROL), now).coming
        assert flight_page(who(account, Purpose.BORDER_CONTROL), flight.pk, now).passengers


def test_a_flight_that_is_none_is_refused_like_one_that_is_not_for_you(people: People, who: Ask, now: datetime) -> None:
    with pytest.raises(RefusedError):
        flight_page(who(people.analyst, Purpose.SERIOUS_CRIME), 4711, now)


def test_flights_to_come_stand_next_first_and_flights_that_were_latest_first(
    people: People, who: Ask, now: datetime
) -> None:
    hours = timedelta(hours=1)
    later = _flight(arrival_at=now + 5 * hours)
    soon = _flight(arrival_at=now + hours)
    timeless = _flight(departure_at=None, arrival_at=None, departure_date=now.date())
    just = _flight(arrival_at=now - hours)
    before = _flight(arrival_at=now - 4 * hours)
    _flight(arrival_at=now + 30 * hours, departure_at=now + 26 * hours)
    _flight(departure_at=None, arrival_at=None, departure_date=date(2026, 10, 1))
    seen = board(who(people.analyst, Purpose.SERIOUS_CRIME), now)
    assert [each.id for each in seen.coming] == [soon.pk, later.pk, timeless.pk]
    assert [each.id for each in seen.gone] == [just.pk, before.pk]


def test_the_countdown_runs_to_landing_or_to_doors_closing(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    inbound = _flight()
    outbound = _flight(direction=Direction.OUTBOUND)
    assert flight_page(asker, inbound.pk, now).flight.due_at == inbound.arrival_at
    assert inbound.departure_at
    assert flight_page(asker, outbound.pk, now).flight.due_at == inbound.departure_at - timedelta(minutes=15)


def test_a_page_view_is_one_audit_entry_and_a_live_refresh_none(people: People, who: Ask, now: datetime) -> None:
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    flight = world.case().journey
    board(asker, now, live=True)
    assert not AuditEntry.objects.exists()
    board(asker, now)
    flight_page(asker, flight.pk, now)
    entries = AuditEntry.objects.order_by("pk")
    assert [each.event for each in entries] == [AuditEvent.VIEWED_BOARD, AuditEvent.VIEWED_FLIGHT]
    assert entries[1].object_id == flight.pk
    assert entries[1].purpose == Purpose.SERIOUS_CRIME


def test_what_a_flight_lacks_is_said_when_it_is_due(people: People, who: Ask, now: datetime) -> None:
    """LR-14."""
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    hour = timedelta(hours=1)
    assert _lacks(asker, now, _flight(departure_at=now - hour)) == (Lack.NO_API, Lack.NO_PNR, Lack.NOT_SCHEDULED)
    assert _lacks(asker, now, _flight(departure_at=now + 2 * hour, scheduled=True)) == (Lack.API_AWAITED, Lack.NO_PNR)
    assert _lacks(asker, now, _flight(departure_at=now + hour, scheduled=True)) == (Lack.NO_API, Lack.NO_PNR)
    assert _lacks(asker, now, _flight(departure_at=now + 30 * hour, scheduled=True)) == (Lack.API_AWAITED,)
    assert _lacks(asker, now, _flight(departure_at=None, scheduled=True)) == (Lack.NO_API, Lack.NO_PNR)
    told = {"last_api_at": now, "last_pnr_at": now, "scheduled": True}
    assert _lacks(asker, now, _flight(**told)) == ()
    assert _lacks(asker, now, _flight(**told, expected_travellers=2)) == (Lack.INCOMPLETE,)
    assert _lacks(asker, now, _flight(status=Journey.Status.CANCELLED)) == ()


def test_a_list_is_complete_by_the_passengers_it_named_not_by_the_crew_nor_by_who_was_taken_off(
    people: People, who: Ask, now: datetime
) -> None:
    asker = who(people.analyst, Purpose.SERIOUS_CRIME)
    flight = _flight(last_api_at=now, last_pnr_at=now, scheduled=True, expected_travellers=2)
    gone = world.traveller(flight, world.api(flight, world.ANA))
    world.traveller(flight, world.api(flight, replace(world.COMPANION, role=TravellerRole.CREW)))
    assert _lacks(asker, now, flight) == (Lack.INCOMPLETE,)
    world.traveller(flight, world.api(flight, world.NAMESAKE))
    gone.status, gone.off_reason = TravellerStatus.NOT_TRAVELLING, OffReason.CLOSED_OUT
    gone.save()
    assert _lacks(asker, now, flight) == ()


def test_counts_leave_out_who_does_not_travel_and_hits_stand_by_band(people: People, who: Ask, now: datetime) -> None:
    case = world.case(gravity=1)
    api = world.message(case.journey, "PAXLST")
    gone = world.traveller(case.journey, (DataClass.API, api, world.ANA, None))
    gone.status, gone.off_reason = TravellerStatus.NOT_TRAVELLING, OffReason.REMOVED
    gone.save()
    world.hit_of(case.traveller, case.api, gravity=1)
    world.hit_of(case.traveller, case.api, gravity=3)
    world.hit_of(case.traveller, case.api, gravity=4, status=HitStatus.DECIDED)
    world.hit_of(case.traveller, case.api, gravity=4, queued=False)
    JourneyDesignator.objects.create(journey=case.journey, carrier="YB", number="12")
    page = flight_page(who(people.analyst, Purpose.SERIOUS_CRIME), case.journey.pk, now)
    flight = page.flight
    assert (flight.travelling, flight.with_api, flight.with_pnr) == (1, 1, 1)
    assert flight.hits == ((1, 2), (3, 1))
    assert flight.code_shares == ("YB12",)
    first, second = page.passengers
    assert (first.id, first.hits, first.advisory) == (case.traveller.pk, ((1, 2), (3, 1)), 1)
    assert (second.id, second.off_reason) == (gone.pk, OffReason.REMOVED)


def test_a_purpose_that_reads_no_bookings_sees_only_what_the_passenger_list_said(
    people: People, who: Ask, now: datetime
) -> None:
    case = world.case()
    pnr = world.message(case.journey, "PNRGOV")
    world.traveller(
        case.journey, (DataClass.PNR, pnr, replace(world.ANA_BOOKED, surname="SOLO RESERVA"), world.BOOKING)
    )
    full = flight_page(who(people.analyst, Purpose.SERIOUS_CRIME), case.journey.pk, now)
    assert (len(full.passengers), full.hidden) == (2, 0)
    border = flight_page(who(people.analyst, Purpose.BORDER_CONTROL), case.journey.pk, now)
    assert ([each.id for each in border.passengers], border.hidden) == ([case.traveller.pk], 1)
    (ana,) = border.passengers
    assert ana.sources == (DataClass.API,)
    assert ana.disagreements == 0
    assert ana.face.given_names == "ANA SINTETICA"
    assert ana.hits == ()


def test_a_flight_keeps_its_messages_and_its_times_in_order(people: People, who: Ask, now: datetime) -> None:
    case = world.case()
    for hour in (2, 1):
        Retiming.objects.create(
            journey=case.journey, known_at=now - timedelta(hours=hour), departure_local=f"2026-11-22T0{hour}:00"
        )
    page = flight_page(who(people.analyst, Purpose.SERIOUS_CRIME), case.journey.pk, now)
    assert [each.type for each in page.messages] == ["PAXLST", "PNRGOV"]
    assert [each.departure_local for each in page.retimings] == ["2026-11-22T02:00", "2026-11-22T01:00"]
