"""Searching: what is found by what, for which purpose, and what of it stands in the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from tests.integration.conftest import People
from tests.integration.review import world
from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import Who
from torogoz.errors import RefusedError
from torogoz.storage.access.search import By, Results, search, understood
from torogoz.storage.audit import open_text
from torogoz.storage.models import AuditEntry, JourneyDesignator, JourneyTraveller

Ask = Callable[..., Who]


def _called(surname: str, given: str = "ANA") -> JourneyTraveller:
    flight = world.journey()
    api = world.message(flight, "PAXLST")
    person = replace(world.ANA, surname=surname, given_names=given, documents=(), record_locator=None)
    return world.traveller(flight, (DataClass.API, api, person, None))


def _ids(results: Results) -> set[int]:
    return {each.id for each in results.people}


@pytest.fixture
def analyst(people: People, who: Ask) -> Who:
    return who(people.analyst, Purpose.SERIOUS_CRIME)


def test_only_those_who_review_hits_search_and_only_for_a_purpose(people: People, who: Ask, now: datetime) -> None:
    for account in people.but("analyst", "supervisor", "partner"):
        with pytest.raises(RefusedError):
            search(who(account, Purpose.BORDER_CONTROL), By.NAME, "GARCIA", now)
    with pytest.raises(RefusedError):
        search(who(people.analyst), By.NAME, "GARCIA", now)


def test_a_name_is_found_by_the_beginning_of_its_surname_however_it_is_spelt(analyst: Who, now: datetime) -> None:
    single, double, accented = _called("GARCIA"), _called("GARCIA LOPEZ", "LUZ MARIA"), _called("GARCÍA")
    _called("GARCES")
    _called("LOPEZ GARCIA")
    assert _ids(search(analyst, By.NAME, "garcía", now)) == {single.pk, double.pk, accented.pk}
    assert _ids(search(analyst, By.NAME, "Garcia Lo", now)) == {double.pk}
    assert _ids(search(analyst, By.NAME, "garcia, luz", now)) == {double.pk}


def test_names_at_the_end_of_the_alphabet_are_found(analyst: Who, now: datetime) -> None:
    diaz, zz = _called("DIAZ"), _called("ZZ")
    assert _ids(search(analyst, By.NAME, "DIAZ", now)) == {diaz.pk}
    assert _ids(search(analyst, By.NAME, "ZZ", now)) == {zz.pk}


def test_a_document_is_found_whole_by_its_keyed_hash_and_only_in_a_readable_source(
    people: People, who: Ask, analyst: Who, now: datetime
) -> None:
    case = world.case()
    assert _ids(search(analyst, By.DOCUMENT, "a-0123 4567", now)) == {case.traveller.pk}
    assert search(analyst, By.DOCUMENT, "A0123456", now).total == 0
    flight = world.journey()
    pnr = world.message(flight, "PNRGOV")
    world.traveller(flight, (DataClass.PNR, pnr, world.ANA, world.BOOKING))
    border = who(people.analyst, Purpose.BORDER_CONTROL)
    assert _ids(search(border, By.DOCUMENT, "A01234567", now)) == {case.traveller.pk}


def test_a_locator_that_only_the_booking_told_is_not_found_without_its_purpose(
    people: People, who: Ask, analyst: Who, now: datetime
) -> None:
    flight = world.journey()
    api, pnr = world.message(flight, "PAXLST"), world.message(flight, "PNRGOV")
    silent = replace(world.ANA, record_locator=None)
    both = world.traveller(flight, (DataClass.API, api, silent, None), (DataClass.PNR, pnr, world.ANA, world.BOOKING))
    told = world.case().traveller
    assert _ids(search(analyst, By.LOCATOR, "x7k2pq ", now)) == {both.pk, told.pk}
    found = search(who(people.analyst, Purpose.BORDER_CONTROL), By.LOCATOR, "X7K2PQ", now)
    assert (_ids(found), found.total) == ({told.pk}, 1)


def test_who_is_known_from_bookings_only_is_not_found_under_border_control(
    people: People, who: Ask, analyst: Who, now: datetime
) -> None:
    flight = world.journey()
    pnr = world.message(flight, "PNRGOV")
    world.traveller(flight, (DataClass.PNR, pnr, world.ANA_BOOKED, world.BOOKING))
    assert search(analyst, By.NAME, "EJEMPLO", now).total == 1
    assert search(who(people.analyst, Purpose.BORDER_CONTROL), By.NAME, "EJEMPLO", now).total == 0


def test_found_people_come_with_their_undecided_hits(analyst: Who, now: datetime) -> None:
    case = world.case()
    world.hit_of(case.traveller, case.api)
    (found,) = search(analyst, By.NAME, "EJEMPLO", now).people
    assert (found.hits, found.journey, found.departure_date) == (2, case.journey.pk, date(2026, 11, 22))


def test_a_flight_is_found_by_its_own_and_its_shared_name_and_by_day(analyst: Who, now: datetime) -> None:
    flight = world.journey()
    JourneyDesignator.objects.create(journey=flight, carrier="Y2", number="12")
    for text in (f"XA{flight.number}", f"xa 0{flight.number}", f"XA{flight.number} 2026-11-22", "Y212"):
        (found,) = search(analyst, By.FLIGHT, text, now).flights
        assert found.id == flight.pk
    assert search(analyst, By.FLIGHT, f"XA{flight.number} 2026-11-23", now).total == 0
    assert search(analyst, By.FLIGHT, "no flight", now).total == 0


@pytest.mark.parametrize(
    ("by", "good", "bad"),
    [
        (By.NAME, "Ñu", "N, ANA"),
        (By.DOCUMENT, "7", "-"),
        (By.LOCATOR, " x7k2pq", "X7K2PQ9999"),
        (By.FLIGHT, "TA570", "TA570 2026-02-30"),
    ],
)
def test_what_cannot_be_searched_is_known_before(by: By, good: str, bad: str) -> None:
    assert understood(by, good)
    assert not understood(by, bad)


def test_the_text_of_a_search_stands_sealed_beside_its_entry_and_nowhere_else(analyst: Who, now: datetime) -> None:
    _called("GARCIA")
    search(analyst, By.NAME, "GARCIA", now)
    (entry,) = AuditEntry.objects.filter(event=AuditEvent.SEARCHED)
    assert entry.counts == {"found": 1}
    assert b"GARCIA" not in bytes(entry.text.sealed)
    assert open_text(entry.text) == "name: GARCIA"
