"""The public sample messages are read as what they say, by eye from their text (left out where they are not here)."""

from __future__ import annotations

from pathlib import Path

import pytest

from torogoz.domain.finding import Severity
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import TravellerRole
from torogoz.messages import read
from torogoz.messages.render import as_json


def only(samples: Path, name: str) -> Message:
    [message] = read((samples / name).read_bytes())
    return message


def people(message: Message) -> list[tuple[object, ...]]:
    """Name, sex and birth date of each traveller, as the command prints them."""
    return [
        (each["surname"], each["given_names"], each["sex"], each["birth_date"])
        for each in as_json(message)["travellers"]
    ]


def documents(message: Message) -> list[list[str]]:
    return [[document.number for document in traveller.documents] for traveller in message.travellers]


@pytest.mark.parametrize(
    ("name", "travellers", "bookings"),
    [
        ("ediclean/A.edi", 1, 0),
        ("ediclean/B.edi", 1, 0),
        ("ediclean/C.edi", 3, 0),
        ("gtas/loader_2_pnrs_basic.edi", 4, 2),
        ("gtas/loader_Test1.edi", 8, 0),
        ("gtas/loader_adult_and_infant.edi", 2, 1),
        ("gtas/loader_airline2.edi", 10, 0),
        ("gtas/loader_codeshare.edi", 2, 2),
        ("gtas/loader_multiple_flight_leg_apis.edi", 2, 0),
        ("gtas/loader_pnr_split.edi", 3, 2),
        ("gtas/parsers_bigMessagePnr.edi", 7, 1),
        ("gtas/parsers_danglingMetaCharacter.edi", 1, 1),
        ("gtas/parsers_pnrAddressPhoneCTCM.edi", 1, 1),
        ("gtas/parsers_pnrSeatFormats.edi", 1, 1),
        ("gtas/parsers_pnrWithDoco.edi", 1, 1),
        ("smooks/paxlst.edi", 1, 0),
        ("smooks/bad-paxlst.edi", 1, 0),
        ("staedi/pnrgov.edi", 2, 1),
    ],
)
def test_every_sample_is_read_whole(samples: Path, name: str, travellers: int, bookings: int) -> None:
    data = (samples / name).read_bytes()
    message = only(samples, name)
    assert (len(message.travellers), len(message.bookings)) == (travellers, bookings)
    assert not [finding for finding in message.findings if finding.severity is Severity.ERROR]
    places = [one.origins for one in message.travellers] + [one.origins for one in message.bookings]
    for origins in places:
        assert origins
        for origin in origins:
            assert message.span.start <= origin.start < origin.end <= message.span.end <= len(data)


@pytest.mark.parametrize("letter", "ABC")
def test_what_telex_wrapped_says_the_same_as_when_it_is_clean(samples: Path, letter: str) -> None:
    wrapped, clean = only(samples, f"ediclean/{letter}.edi"), only(samples, f"ediclean-clean/{letter}.edi")
    assert wrapped.content == clean.content
    assert people(wrapped) == people(clean)


def test_a_passenger_wrapped_in_telex(samples: Path) -> None:
    message = only(samples, "ediclean/A.edi")
    assert (message.sender, message.reference, message.expected_travellers) == ("CICA-A9", "PAX001", 47)
    assert people(message) == [("DJEMFISJER", "REDJAE", "M", "1993-04-08")]
    [traveller] = message.travellers
    assert (traveller.record_locator, traveller.seat, documents(message)) == ("ABC123", "9F", [["3DEJ2ED3E"]])
    assert str(message.flights[0].designator) == "A92707"
    assert (message.flights[0].departure_airport, message.flights[0].arrival_airport) == ("VIE", "VIE")


def test_a_family_of_three_with_bags(samples: Path) -> None:
    message = only(samples, "ediclean/C.edi")
    assert people(message) == [
        ("MULLERSFER", "ERWED", "F", "2015-12-04"),
        ("MULLERSFER", "MAAUTIA", "F", "2013-05-23"),
        ("RDEERF", "EERFRWDTF", "M", "1959-06-10"),
    ]
    assert documents(message) == [["756178630"], ["736393519"], ["730087856"]]
    assert [each.bags.tags for each in message.travellers if each.bags] == [("B2585631",), ("B2585632",), ("B2585629",)]


def test_a_crew_list_without_una_whose_sender_holds_an_asterisk(samples: Path) -> None:
    message = only(samples, "gtas/loader_Test1.edi")
    assert (message.sender, message.function, message.expected_travellers) == ("APIS*C3K", "250", 8)
    assert {each.role for each in message.travellers} == {TravellerRole.CREW}
    assert people(message)[0] == ("STEUR", "ANDREA PAT", "F", "1978-07-06")
    assert people(message)[7] == ("ZSCHIESCHAK", "JACLYN PAT", "F", "1978-07-13")
    assert {each.birth_place for each in message.travellers} == {"HARTFORD USA"}
    assert {document.issuer for each in message.travellers for document in each.documents} == {"GBR"}


def test_a_list_with_other_separators_and_a_blank_beside_a_tag(samples: Path) -> None:
    message = only(samples, "gtas/loader_airline2.edi")
    assert message.part is not None
    assert (message.part.number, message.part.last) == (10, True)
    assert people(message)[0] == ("BETTON", "DAVID", "M", "1954-10-16")
    assert people(message)[9] == ("LOWE", "DANIEL", "M", "1954-10-16")
    assert {each.record_locator for each in message.travellers} == {"QXGYLO"}
    assert documents(message)[0] == ["178556534"]


def test_several_legs_of_one_journey(samples: Path) -> None:
    message = only(samples, "gtas/loader_multiple_flight_leg_apis.edi")
    assert [
        (leg["number"], leg["departure_airport"], leg["arrival_airport"]) for leg in as_json(message)["flights"]
    ] == [
        ("877", "MIA", "IAD"),
        ("827", "IAD", "JFK"),
        ("827", "JFK", "CDG"),
    ]
    assert people(message) == [
        ("BARRETT", "TODD", "M", "1968-02-23"),
        ("LANG", "KRISTIN", "F", "1960-06-06"),
    ]
    assert [each.reference for each in message.travellers] == ["UUI34T543", "ABC124"]


@pytest.mark.parametrize("name", ["smooks/paxlst.edi", "smooks/bad-paxlst.edi"])
def test_a_crew_list_of_the_road(samples: Path, name: str) -> None:
    message = only(samples, name)
    assert people(message) == [("AOMAD", "CHRIS", "M", "1935-09-19")]
    assert message.travellers[0].role is TravellerRole.CREW
    assert [(each.number, each.issuer) for each in message.travellers[0].documents] == [
        ("P100971204141", "USA"),
        ("15504141", "USA"),
    ]


def test_two_bookings_with_history_meals_and_a_split(samples: Path) -> None:
    message = only(samples, "gtas/loader_2_pnrs_basic.edi")
    assert message.expected_bookings == 2
    assert [booking.record_locator for booking in message.bookings] == ["MFN4TI", "23456"]
    assert message.bookings[0].split_from == "ABCDEF"
    assert [booking.travellers for booking in message.bookings] == [(0, 1), (2, 3)]
    assert people(message) == [
        ("SMITHJR", "JOHN", "M", "1964-07-12"),
        ("JONES", "WILLIAM", "M", "1964-07-12"),
        ("WAYNE", "JOHN", "M", "1912-07-12"),
        ("COOPER", "GARY", "M", "1915-07-12"),
    ]
    assert {each.title for each in message.travellers} == {"MR"}
    assert message.withheld.ssr == 5
    assert [len(booking.itinerary) for booking in message.bookings] == [2, 2]
    assert message.travellers[3].seat == "15A"


def test_an_adult_with_an_infant(samples: Path) -> None:
    message = only(samples, "gtas/loader_adult_and_infant.edi")
    assert people(message) == [
        ("TESTSURNAMEONE", "TESTNAMEONE", "F", "1976-05-30"),
        ("TESTSURNAMETWO", "TESTNAMETWO", "F", "2011-08-10"),
    ]
    assert [each.infant for each in message.travellers] == [False, True]
    assert documents(message) == [["52263000"], ["AO234000"]]
    assert {document.issuer for each in message.travellers for document in each.documents} == {"COL"}


def test_code_shares_are_named_by_both_carriers(samples: Path) -> None:
    message = only(samples, "gtas/loader_codeshare.edi")
    assert [booking.record_locator for booking in message.bookings] == ["2LS6KP", "X49V9U"]
    assert [
        (str(leg.designator), str(leg.operated_by)) for booking in message.bookings for leg in booking.itinerary
    ] == [("KE303", "SQ609"), ("OZ752", "SQ609")]
    assert people(message) == [("PARK", "SEJOON", "M", "1972-09-10"), ("KIM", "KONG CHUN", "F", "1957-02-15")]
    assert [each.seat for each in message.travellers] == ["39G", "14A"]
    assert all(each.checked_in for each in message.travellers)


def test_a_booking_that_was_split_names_the_other(samples: Path) -> None:
    message = only(samples, "gtas/loader_pnr_split.edi")
    assert [(booking.record_locator, booking.split_from) for booking in message.bookings] == [
        ("ICOXXX", None),
        ("BJOXXX", "ZLMXXX"),
    ]
    assert documents(message) == [[], [], ["AO589000"]]


def test_a_booking_of_seven_with_seats_bags_and_cards(samples: Path) -> None:
    message = only(samples, "gtas/parsers_bigMessagePnr.edi")
    [booking] = message.bookings
    assert (booking.record_locator, len(booking.itinerary), len(booking.tickets)) == ("86C92D", 3, 7)
    assert people(message)[0] == ("HOLCOMBE", "LORELEI", "F", "1998-08-12")
    assert people(message)[6] == ("HOU", "LI", "M", "1993-09-25")
    assert [each.seat for each in message.travellers] == ["38E", "39G", "40B", "20J", "2H", "8D", None]
    assert [payment.card_last4 for payment in booking.payments] == [
        "2786", "6916", "8194", "9202", None, "9490", "5205",
    ]  # fmt: skip
    contacts = [contact["value"] for contact in as_json(message)["bookings"][0]["contacts"]]
    assert "LUCY_SLOCOMBE@GMAIL.COM" in contacts
    assert message.travellers[5].bags is not None
    assert message.travellers[5].bags.count == 4


def test_a_backslash_releases_and_blanks_of_a_wrap_do_not_part_infant_and_adult(samples: Path) -> None:
    message = only(samples, "staedi/pnrgov.edi")
    assert people(message) == [("BELT", "ISABELLE", "F", "1978-07-01"), ("BELT", "SOPHY", "F", "2012-09-20")]
    assert documents(message) == [["509229987"], ["512731999"]]
    assert [each.infant for each in message.travellers] == [False, True]
    assert message.bookings[0].record_locator == "3PGZOV"


def test_spellings_of_contacts_seats_and_visas(samples: Path) -> None:
    def values(name: str) -> list[str]:
        return [contact["value"] for contact in as_json(only(samples, name))["bookings"][0]["contacts"]]

    assert values("gtas/parsers_pnrAddressPhoneCTCM.edi")[1:] == ["8675309", "5432109876", "MOLLY_LONT+50BB@GMAIL.COM"]
    assert "8667464647" in values("gtas/parsers_danglingMetaCharacter.edi")
    assert only(samples, "gtas/parsers_pnrSeatFormats.edi").travellers[0].seat == "36K"
    assert [
        (each.type, each.number, each.issuer)
        for each in only(samples, "gtas/parsers_pnrWithDoco.edi").travellers[0].documents
    ] == [("P", "602120901", "GBR"), ("V", "8675309", "LIE")]
