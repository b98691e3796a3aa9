"""One picture of a flight from what all messages say, in whatever order they come."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from msgspec import structs

from tests.integration.flow.conftest import ANA, BETO, CARLA, LEG, Say, api, pnr, statuses, the_journey
from torogoz.domain.document import Document
from torogoz.domain.journey import Designator
from torogoz.domain.manifest import Part
from torogoz.domain.traveller import Contact, ContactKind, TravellerRole
from torogoz.storage.models import Booking, Identifier, Journey, JourneyTraveller, Observation, Person, Retiming

pytestmark = pytest.mark.django_db


def test_the_same_traveller_from_api_and_pnr_is_one_row_with_both_sources(say: Say) -> None:
    """LR-11: the interactive record and the booking are reconciled."""
    say(pnr(structs.replace(ANA, given_names="ANA MARIA", documents=()), BETO))
    say(api(ANA, BETO))
    ana = JourneyTraveller.objects.get(given_names="ANA")
    assert JourneyTraveller.objects.count() == 2
    assert (ana.has_api, ana.has_pnr, ana.record_locator) == (True, True, "X7K2PQ")
    assert ana.booking is not None
    assert ana.booking.record_locator == "X7K2PQ"


def test_a_disagreement_between_sources_is_kept_and_counted(say: Say) -> None:
    say(pnr(structs.replace(ANA, documents=(Document("A01234568", "P", "SLV"),))))
    say(api(ANA))
    ana = JourneyTraveller.objects.get()
    assert ana.disagreements == 1
    assert Identifier.objects.filter(traveller=ana, kind="document").count() == 2


def test_observations_are_appended_and_never_overwritten(say: Say) -> None:
    say(api(ANA))
    say(api(structs.replace(ANA, seat="12A")))
    assert Observation.objects.count() == 2
    assert JourneyTraveller.objects.get().seat == "12A"


def test_an_older_word_that_arrives_later_does_not_change_the_picture(say: Say) -> None:
    say(api(structs.replace(ANA, seat="12A")), prepared=10)
    say(api(structs.replace(ANA, seat="30F")), prepared=5)
    assert JourneyTraveller.objects.get().seat == "12A"


def test_clnb_takes_off_the_named_and_nobody_else(say: Say) -> None:
    say(api(ANA, BETO))
    say(api(BETO, qualifier="CLNB"))
    assert statuses() == {"ANA": "checked_in", "BETO": "closed_out"}
    assert the_journey().status == Journey.Status.CLOSED


def test_clob_takes_off_all_not_named(say: Say) -> None:
    """LR-11: who did not board is known."""
    say(api(ANA, BETO, CARLA))
    say(api(ANA, qualifier="CLOB"))
    assert statuses() == {"ANA": "boarded", "BETO": "closed_out", "CARLA": "closed_out"}


def test_clob_does_not_take_off_the_crew_which_has_its_own_list(say: Say) -> None:
    say(api(structs.replace(BETO, role=TravellerRole.CREW)))
    say(api(ANA, qualifier="CLOB"))
    assert statuses() == {"ANA": "boarded", "BETO": "checked_in"}


def test_a_bare_cl_closes_the_flight_and_takes_nobody_off(say: Say) -> None:
    say(api(ANA, BETO))
    say(api(qualifier="CL"))
    assert statuses() == {"ANA": "checked_in", "BETO": "checked_in"}
    assert the_journey().status == Journey.Status.CLOSED


def test_a_clob_in_parts_takes_nobody_off_before_its_last_part(say: Say) -> None:
    say(api(ANA, BETO, CARLA))
    say(api(ANA, qualifier="CLOB", common_reference="R1", part=Part(1, last=False)))
    assert statuses()["CARLA"] == "checked_in"
    say(api(BETO, qualifier="CLOB", common_reference="R1", part=Part(2, last=True)))
    assert statuses() == {"ANA": "boarded", "BETO": "boarded", "CARLA": "closed_out"}


def test_a_last_part_that_comes_first_waits_for_the_others(say: Say) -> None:
    say(api(ANA, BETO, CARLA))
    say(api(BETO, qualifier="CLOB", common_reference="R1", part=Part(2, last=True)))
    assert statuses()["CARLA"] == "checked_in"
    say(api(ANA, qualifier="CLOB", common_reference="R1", part=Part(1, last=False)))
    assert statuses()["CARLA"] == "closed_out"


def test_a_manifest_prepared_before_the_close_out_brings_nobody_on_board(say: Say) -> None:
    say(api(ANA, qualifier="CLOB"), prepared=10)
    say(api(ANA, BETO), prepared=5)
    assert statuses() == {"ANA": "boarded", "BETO": "closed_out"}


def test_who_was_closed_out_comes_back_by_a_later_api_message(say: Say) -> None:
    say(api(ANA, BETO))
    say(api(BETO, qualifier="CLNB"))
    say(api(BETO))
    assert statuses()["BETO"] == "checked_in"


def test_a_booking_does_not_bring_back_whom_the_gate_did_not_see(say: Say) -> None:
    say(pnr(ANA, BETO))
    say(api(ANA, BETO))
    say(api(BETO, qualifier="CLNB"))
    say(pnr(ANA, BETO))
    assert statuses()["BETO"] == "closed_out"


def test_absence_from_a_complete_full_push_takes_a_booking_off(say: Say) -> None:
    say(pnr(ANA, BETO))
    say(pnr(ANA))
    assert statuses() == {"ANA": "expected", "BETO": "absent"}


def test_absence_from_an_incomplete_push_takes_nobody_off(say: Say) -> None:
    say(pnr(ANA, BETO))
    say(pnr(ANA, whole=False))
    assert statuses() == {"ANA": "expected", "BETO": "expected"}


def test_absence_counts_over_all_parts_of_a_push(say: Say) -> None:
    say(pnr(ANA, BETO, CARLA))
    say(pnr(ANA, common_reference="P", part=Part(1, last=False), expected_bookings=2))
    assert statuses()["CARLA"] == "expected"
    say(pnr(BETO, common_reference="P", part=Part(2, last=True), expected_bookings=2))
    assert statuses() == {"ANA": "expected", "BETO": "expected", "CARLA": "absent"}


def test_absence_from_an_update_push_means_nothing(say: Say) -> None:
    say(pnr(ANA, BETO))
    say(pnr(ANA, push="141"))
    assert statuses() == {"ANA": "expected", "BETO": "expected"}


def test_the_number_of_bookings_that_a_full_push_announced_outlives_the_updates_behind_it(say: Say) -> None:
    """An update announces how many it holds itself: taken for the flight's, it would hide what never came."""
    say(pnr(ANA, BETO, whole=False))
    assert the_journey().expected_bookings == 3
    say(pnr(CARLA, push="141"))
    assert the_journey().expected_bookings == 3
    say(pnr(ANA, BETO, CARLA))
    say(pnr(ANA))
    assert the_journey().expected_bookings == 1


def test_absence_does_not_take_off_whom_the_check_in_reported(say: Say) -> None:
    say(pnr(ANA, BETO))
    say(api(BETO))
    say(pnr(ANA))
    assert statuses()["BETO"] == "checked_in"


def test_who_was_absent_comes_back_with_the_next_push(say: Say) -> None:
    say(pnr(ANA, BETO))
    say(pnr(ANA))
    say(pnr(ANA, BETO))
    assert statuses()["BETO"] == "expected"


def test_an_empty_originator_cancels_its_booking_only(say: Say) -> None:
    say(pnr(ANA, BETO))
    cancelled = pnr(push="141", bookings=(structs.replace(pnr(ANA).bookings[0], cancelled=True, travellers=()),))
    say(cancelled)
    assert statuses() == {"ANA": "cancelled", "BETO": "expected"}
    assert Booking.objects.get(record_locator="X7K2PQ").cancelled_at is not None


def test_who_left_a_touched_booking_is_removed(say: Say) -> None:
    diego = structs.replace(BETO, given_names="DIEGO", record_locator="X7K2PQ", documents=(), birth_date=None)
    say(pnr(ANA, diego))
    say(pnr(ANA, push="141"))
    assert statuses() == {"ANA": "expected", "DIEGO": "removed"}


def test_a_close_out_that_names_a_stranger_makes_no_row(say: Say) -> None:
    say(api(ANA))
    say(api(CARLA, qualifier="CLNB"))
    assert list(statuses()) == ["ANA"]


def test_a_cancelled_flight_takes_everybody_off(say: Say) -> None:
    say(api(ANA, BETO))
    say(api(qualifier="XF"))
    assert set(statuses().values()) == {"flight_cancelled"}


def test_a_retiming_keeps_the_flight_and_both_times(say: Say) -> None:
    say(api(ANA))
    later = replace(LEG, departure_local=datetime(2026, 11, 22, 16, 30))  # noqa: DTZ001 - wall clock
    say(api(ANA, flights=(later,)))
    assert the_journey().departure_local == "2026-11-22T16:30"
    assert Retiming.objects.count() == 2


def test_a_code_share_is_another_name_for_the_same_flight(say: Say) -> None:
    say(api(ANA))
    shared = replace(LEG, designator=Designator("X9", "7570"), operating=Designator("X1", "0570"))
    say(pnr(BETO, flights=(shared,)))
    assert [str(each.carrier) for each in the_journey().designators.all()] == ["X9"]
    say(pnr(CARLA, flights=(replace(LEG, designator=Designator("X9", "7570")),), whole=False))
    assert Journey.objects.count() == 1


def test_a_flight_has_local_and_utc_times_and_a_direction(say: Say) -> None:
    say(api(ANA))
    journey = the_journey()
    assert journey.direction == "inbound"
    assert journey.departure_at == datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
    assert journey.arrival_at == datetime(2026, 11, 23, 3, 5, tzinfo=UTC)


def test_journeys_join_to_one_person_by_document_and_keep_the_evidence(say: Say) -> None:
    say(api(ANA))
    say(api(ANA, flights=(replace(LEG, designator=Designator("X2", "31")),)))
    person = Person.objects.get()
    assert person.travellers.count() == 2
    assert person.links.exclude(evidence=[]).get().evidence["kind"] == "document"


def test_a_shared_telephone_alone_joins_nobody(say: Say) -> None:
    phone = (Contact(ContactKind.PHONE, "+503 2222 3333"),)
    say(api(structs.replace(ANA, contacts=phone)))
    say(api(structs.replace(BETO, contacts=phone), flights=(replace(LEG, designator=Designator("X2", "31")),)))
    assert Person.objects.count() == 0


def test_a_message_without_a_flight_gives_no_journey(say: Say) -> None:
    assert say(api(ANA, flights=())) is None
    assert Journey.objects.count() == 0


@pytest.mark.parametrize("qualifier", ["CP", "XR", "RP", "CLNB", "CL"])
def test_the_count_of_a_message_that_names_some_is_not_the_flights(qualifier: str, say: Say) -> None:
    say(api(ANA, BETO, expected_travellers=2))
    say(api(CARLA, qualifier=qualifier, expected_travellers=1))
    assert the_journey().expected_travellers == 2


def test_the_count_of_those_on_board_is_the_flights_last_one_and_a_crews_is_none_of_it(say: Say) -> None:
    say(api(ANA, BETO, expected_travellers=2))
    say(api(ANA, qualifier="CLOB", expected_travellers=1))
    say(api(CARLA, function="250", expected_travellers=6))
    assert the_journey().expected_travellers == 1


@pytest.mark.parametrize(
    "other", [{"function": "250"}, {"qualifier": "CLNB"}, {"qualifier": "CL"}], ids=["crew", "not-on-board", "closed"]
)
def test_the_passengers_list_is_missing_until_it_comes_whatever_else_the_carrier_sends(
    other: dict[str, str], say: Say
) -> None:
    say(api(CARLA, **other))
    assert the_journey().last_api_at is None
    say(api(ANA, BETO))
    assert the_journey().last_api_at
