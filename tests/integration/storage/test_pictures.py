"""The picture of a flight at any moment, and what history knows: unknown is never told as none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.integration.storage.world import NOW, journey, message
from torogoz.domain.dates import PartialDate
from torogoz.domain.journey import Designator, FlightKey
from torogoz.domain.picture import FlightPicture, History, View
from torogoz.domain.purpose import DataClass
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.privacy.schedule import Terms, rows
from torogoz.storage.keys import keyring
from torogoz.storage.models import Journey, JourneyTraveller, Observation, Person
from torogoz.storage.party import Member, add_rows, observe, refresh
from torogoz.storage.pictures import read_history, read_picture, stamp

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = date(2026, 11, 22)
ANA = Traveller(TravellerRole.PASSENGER, surname="EJEMPLO", given_names="ANA", birth_date=PartialDate(1988, 2, 29))


def travel(flight: Journey, person: Person | None = None) -> Member:
    [member] = add_rows(flight, [TravellerRole.PASSENGER], NOW, NOW)
    refresh([member], flight, NOW)
    member.row.person = person
    member.row.has_pnr = True
    member.row.save()
    return member


def say(member: Member, data_class: DataClass, traveller: Traveller, minutes: int = 0) -> None:
    at = NOW + timedelta(minutes=minutes)
    received = message(at)
    observe([(member, View(data_class, received.pk, at, traveller), [])], received, at, keyring())
    refresh([member], member.row.journey, at)


def picture(flight: Journey) -> FlightPicture:
    return read_picture(flight, NOW + HOUR, keyring())


def history(flight: Journey) -> dict[int, History]:
    return read_history(picture(flight), frozenset(DataClass))


def test_a_picture_has_everybody_with_each_source_apart_and_api_first() -> None:
    flight = journey()
    member = travel(flight)
    say(member, DataClass.PNR, replace(ANA, given_names="ANITA"))
    say(member, DataClass.API, ANA, 5)
    [seen] = picture(flight).travellers
    assert seen.id == member.row.pk
    assert [(each.data_class, each.traveller.given_names) for each in seen.views] == [
        (DataClass.API, "ANA"),
        (DataClass.PNR, "ANITA"),
    ]


def test_what_was_known_at_a_time_is_the_picture_of_that_time() -> None:
    flight = journey()
    member = travel(flight)
    say(member, DataClass.API, ANA)
    say(member, DataClass.API, replace(ANA, seat="12A"), 10)
    then = read_picture(flight, NOW + HOUR, keyring(), known_by=NOW + timedelta(minutes=5))
    assert then.known_at == NOW + timedelta(minutes=5)
    assert then.travellers[0].views[0].traveller.seat is None
    assert picture(flight).travellers[0].views[0].traveller.seat == "12A"


def test_who_does_not_travel_stays_in_the_picture_and_is_marked() -> None:
    flight = journey()
    member = travel(flight)
    member.row.status = JourneyTraveller.Status.NOT_TRAVELLING
    member.row.save()
    assert [each.travelling for each in picture(flight).travellers] == [False]


def test_the_flight_has_its_key_its_states_and_its_other_names() -> None:
    flight = journey()
    flight.designators.create(carrier="X2", number="4570")
    seen = picture(flight).flight
    assert seen.key == FlightKey(Designator("X1", flight.number), DAY, "LAX")
    assert (seen.departure_country, seen.arrival_country) == ("USA", "SLV")
    assert seen.code_shares == (Designator("X2", "4570"),)


def test_a_flight_whose_destination_is_not_known_has_none() -> None:
    flight = journey()
    flight.arrival_airport = ""
    seen = picture(flight).flight
    assert (seen.arrival_airport, seen.arrival_country, seen.arrival_local) == (None, None, None)


def test_a_flight_without_a_departure_is_no_flight() -> None:
    flight = journey()
    flight.departure_local = ""
    with pytest.raises(AssertionError):
        picture(flight)


def test_earlier_journeys_of_the_same_person_are_counted_back_from_this_one() -> None:
    person = Person.objects.create(made_at=NOW)
    for days in (3, 40):
        travel(journey(DAY - timedelta(days=days)), person)
    travel(journey(DAY + timedelta(days=2)), person)
    flight = journey(DAY)
    member = travel(flight, person)
    assert history(flight) == {member.row.pk: History(earlier_journeys=2, days_since_last=3)}


def test_a_purpose_that_may_not_read_bookings_learns_of_no_journey_that_only_they_told_of() -> None:
    person = Person.objects.create(made_at=NOW)
    travel(journey(DAY - timedelta(days=3)), person)
    flight = journey(DAY)
    travel(flight, person)
    assert len(read_history(picture(flight), frozenset({DataClass.PNR}))) == 1
    assert read_history(picture(flight), frozenset({DataClass.API})) == {}


def test_who_is_nobody_known_or_of_whom_nothing_earlier_is_kept_is_unknown_and_not_new() -> None:
    flight = journey(DAY)
    travel(flight)
    travel(flight, Person.objects.create(made_at=NOW))
    assert history(flight) == {}


@pytest.mark.parametrize("held", ["masked", "in clear"])
def test_a_journey_that_is_kept_past_its_time_is_no_history_however_many_have_gone_beside_it(held: str) -> None:
    """LR-46, design §7: what lies beyond retention is unknown, never *first*, nor *the last one*."""
    person = Person.objects.create(made_at=NOW)
    old = travel(journey(DAY - timedelta(days=200)), person).row
    old.first_received_at = NOW - timedelta(days=200)
    old.masked_at = NOW if held == "masked" else None
    old.save()
    flight = journey(DAY)
    travel(flight, person)
    assert history(flight) == {}


def test_where_the_clocks_of_sources_differ_each_tells_of_its_own_time_only(settings: Any) -> None:
    settings.RETENTION = rows("api_48h", Terms())
    person = Person.objects.create(made_at=NOW)
    old = travel(journey(DAY - timedelta(days=10)), person).row
    old.first_received_at, old.has_api, old.has_pnr = NOW - timedelta(days=10), True, True
    old.save()
    flight = journey(DAY)
    member = travel(flight, person)
    assert read_history(picture(flight), frozenset({DataClass.API})) == {}
    assert read_history(picture(flight), frozenset({DataClass.PNR}))[member.row.pk].days_since_last == 10


@pytest.mark.parametrize("how", ["merged", "stayed"])
def test_a_journey_that_was_not_made_counts_for_nothing(how: str) -> None:
    person = Person.objects.create(made_at=NOW)
    earlier = travel(journey(DAY - timedelta(days=3)), person).row
    if how == "merged":
        earlier.merged_into = travel(earlier.journey).row
    else:
        earlier.status = JourneyTraveller.Status.NOT_TRAVELLING
    earlier.save()
    flight = journey(DAY)
    travel(flight, person)
    assert history(flight) == {}


def test_the_stamp_of_a_picture_tells_every_change_of_it_and_nothing_else() -> None:
    flight = journey()
    member = travel(flight)
    say(member, DataClass.PNR, ANA)
    person = Person.objects.create(made_at=NOW)

    def change(**values: object) -> None:
        JourneyTraveller.objects.filter(pk=member.row.pk).update(**values)

    changes: dict[str, Callable[[], object]] = {
        "another says something": lambda: say(member, DataClass.API, ANA),
        "somebody more": lambda: travel(flight),
        "a code share": lambda: flight.designators.create(carrier="X9", number="1"),
        "off": lambda: change(status=JourneyTraveller.Status.NOT_TRAVELLING),
        "a person": lambda: change(person=person),
        "a view goes": lambda: Observation.objects.filter(traveller=member.row, data_class=DataClass.API).delete(),
        "masked": lambda: change(masked_at=NOW),
        "another time": lambda: Journey.objects.filter(pk=flight.pk).update(arrival_at=NOW + 9 * HOUR),
    }
    for name, make in changes.items():
        before = stamp(flight)
        assert stamp(flight) == before, name
        make()
        assert stamp(flight) != before, name
    before = stamp(flight)
    say(travel(journey()), DataClass.API, ANA)
    assert stamp(flight) == before
