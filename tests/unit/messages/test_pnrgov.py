"""PNRGOV: what each segment says of a booking, a traveller or a flight, and whom a request is about."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.unit.messages.written import PUSHED, booking, codes, only, paxlst, pnrgov, pnrgov_bytes
from torogoz.domain.booking import Agency, Payment, Ticket
from torogoz.domain.document import Document
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Sex

HERE = "TVL+221126:0945:221126:1120+MIA+SAL+X1+310:Y'"
ELSEWHERE = "TVL+291126:1230:291126:1605+SAL+MIA+X1+311:Y'"
DOCS = "SSR+DOCS:HK:1:X1:::::/P/SLV/A01234567/SLV/29FEB88/F/01MAY30/PEREZ/ANA/'"


def names(message: Message) -> list[str]:
    return [f"{each.surname}/{each.given_names}" for each in message.travellers]


PEOPLE = "TIF+PEREZ+ANAMS:A:1'TIF+PEREZ+LUISMR:A:2'"


def two(body: str) -> Message:
    """A booking of two, each with a reference, who are followed by the body."""
    return pnrgov(f"SRC'RCI+X1:AB12CD'{PEOPLE}{body}")


def test_the_head_says_what_is_pushed_for_which_flight() -> None:
    message = pnrgov("")
    assert (message.function, message.qualifier, message.expected_bookings) == ("22", None, 1)
    [leg] = message.flights
    assert (str(leg.designator), leg.departure_airport, leg.arrival_airport) == ("X1310", "MIA", "SAL")
    assert (leg.departure_local, leg.arrival_local) == (
        datetime.fromisoformat("2026-11-22T09:45"),
        datetime.fromisoformat("2026-11-22T11:20"),
    )
    assert message.bookings == ()
    assert codes(message) == []


@pytest.mark.parametrize(
    ("head", "function", "expected", "found"),
    [
        (f"MSG+:141'{PUSHED}EQN+7'", "141", 7, []),
        (f"MSG+22'{PUSHED}EQN+7'EQN+9'", "22", 7, []),
        (f"{PUSHED}EQN+MANY'", None, None, ["NUMBER_UNREADABLE", "BGM_MISSING"]),
        (f"MSG+:A-B'{PUSHED}", None, None, []),
    ],
)
def test_function_and_number_of_bookings(
    head: str, function: str | None, expected: int | None, found: list[str]
) -> None:
    message = only(pnrgov_bytes("", head=head))
    assert (message.function, message.expected_bookings, codes(message)) == (function, expected, found)


def test_a_booking_knows_its_locator_carrier_creation_agency_and_money() -> None:
    message = booking(
        """EBD+USD:40.00+2::N'ORG+X1:MIA'TKT+9991234567890:T:1'MON+B:500.00:USD+T:510.52:USD'
        FOP+CC:::VI:4111XXXXXXXX1111:1229+CA::20.00'IFT+4:43+ANA PEREZ+12 CALLE DEL VOLCAN+50322223333'"""
    )
    [read] = message.bookings
    assert (read.record_locator, read.carrier, read.created_at) == (
        "AB12CD",
        "X1",
        datetime(2026, 11, 1, 10, 22, tzinfo=UTC),
    )
    assert read.travellers == (0,)
    assert read.bags == 2
    assert read.tickets == (Ticket("9991234567890", 0, "500.00", "510.52", "USD"),)
    assert read.payments == (
        Payment("CC", "4111XXXXXXXX1111", "510.52", "USD", "VI", "2029-12", "ANA PEREZ"),
        Payment("CA", None, "20.00", "USD", holder="ANA PEREZ"),
    )
    assert read.payments[0].card_last4 == "1111"
    assert [contact.value for contact in read.contacts] == ["12 CALLE DEL VOLCAN", "50322223333"]
    assert {origin.field for origin in read.origins} == {"record_locator", "bags", "tickets", "payments", "contacts"}
    assert not read.cancelled


@pytest.mark.parametrize(
    ("org", "agency"),
    [
        ("ORG+X1:MUC+99000000:MIAX1+SAL++T+SV:USD'", Agency("99000000", "SAL", "SLV", "MIAX1", "X1", "T")),
        ("ORG+X1:MUC+99000000:MIA'", Agency("99000000", "MIA", None, None, "X1")),
        ("ORG+1A:MUC+:HDQX12400+NBE+X1:NBE+A+KR+GS'", Agency("HDQX12400", "NBE", "KOR", "HDQX12400", "1A", "A", "GS")),
        ("ORG+X1:BOG'", Agency(None, "BOG", None, None, "X1")),
    ],
)
def test_who_made_a_booking(org: str, agency: Agency) -> None:
    [read] = pnrgov(f"SRC'RCI+X1:AB12CD'{org}TIF+PEREZ+ANA:A:1'").bookings
    assert read.agency == agency


def test_an_empty_originator_cancels_a_booking_unless_it_names_somebody() -> None:
    message = pnrgov("SRC'RCI+X1:AB12CD'ORG'SRC'RCI+X1:EF34GH'ORG+++'SRC'RCI+X1:IJ56KL'ORG'TIF+PEREZ+ANA:A:1'")
    assert [(read.record_locator, read.cancelled) for read in message.bookings] == [
        ("AB12CD", True),
        ("EF34GH", True),
        ("IJ56KL", False),
    ]


@pytest.mark.parametrize(
    ("rci", "created"),
    [
        ("RCI+X1:AB12CD:C:011126:1022'", "2026-11-01T10:22"),
        ("RCI+X1:AB12CD:011126:1022'", "2026-11-01T10:22"),
        ("RCI+X1:AB12CD::011126:102233'", "2026-11-01T10:22"),
        ("RCI+X1:AB12CD::261101'", "2026-11-01T00:00"),
        ("RCI+X1:AB12CD::130813:1022'", "2013-08-13T10:22"),
        ("RCI+X1:AB12CD::251126:1022'", "2026-11-25T10:22"),
        ("RCI+X1:AB12CD'", None),
        ("RCI+X1:AB12CD::999999:1022'", None),
        ("RCI+X1:AB12CD::011126:9922'", None),
    ],
)
def test_when_a_booking_was_made(rci: str, created: str | None) -> None:
    [read] = pnrgov(f"SRC'{rci}").bookings
    assert (read.created_at.strftime("%Y-%m-%dT%H:%M") if read.created_at else None) == created


def test_a_booking_without_locator_or_without_src_is_read_all_the_same() -> None:
    message = pnrgov("SRC'TIF+PEREZ+ANA:A:1'SRC'RCI+X1:'TIF+RUIZ+EVA:A:1'RCI'")
    assert names(message) == ["PEREZ/ANA", "RUIZ/EVA"]
    assert codes(message) == ["LOCATOR_MISSING"] * 2
    message = pnrgov("RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'")
    assert [read.record_locator for read in message.bookings] == ["AB12CD"]
    assert codes(message) == ["OUT_OF_GROUP"]
    assert names(pnrgov("TIF+PEREZ+ANA:A:1'")) == ["PEREZ/ANA"]


def test_a_traveller_with_everything() -> None:
    data = pnrgov_bytes(
        f"""SRC'RCI+X1:AB12CD'TIF+PEREZ:I+ANAMS:A:1'FTI+X1:445566:::G+X2:'REF+:0001'{DOCS}
        IFT+4:28::X1+CTCM ?+503 2222 3333'IFT+4:28::X1+CTCE ANA..PEREZ//EXAMPLE.ORG'
        ADD++700:12 CALLE UNO:SANTA ANA:::SV'
        {HERE}RPI+1+HK'DAT+2:221126:0800'TRI++12:::1'TIF+PEREZ:I+ANAMS:A:1'SSD+012A++++Y'
        TBD++2:44:701++HP:MIA-1+X1:123456:2:SAL'"""
    )
    message = only(data)
    [traveller] = message.travellers
    assert codes(message) == []
    assert (traveller.surname, traveller.given_names, traveller.title) == ("PEREZ", "ANA", "MS")
    assert (traveller.sex, str(traveller.birth_date), traveller.nationality) == (Sex.FEMALE, "1988-02-29", "SLV")
    assert traveller.documents == (Document("A01234567", "P", "SLV", date(2030, 5, 1)),)
    assert (traveller.record_locator, traveller.reference, traveller.seat) == ("AB12CD", "0001", "12A")
    assert traveller.bags == Bags(2, 20.0, ("X1123456", "X1123457"), "MIA-1", "head", "SAL")
    assert (traveller.status, traveller.checked_in, traveller.infant) == ("HK", True, False)
    assert traveller.frequent_flyer == (FrequentFlyer("X1", "445566"),)
    assert traveller.contacts == (
        Contact(ContactKind.PHONE, "+50322223333"),
        Contact(ContactKind.EMAIL, "ANA_PEREZ@EXAMPLE.ORG"),
        Contact(ContactKind.ADDRESS, "12 CALLE UNO, SANTA ANA, SV"),
    )
    read_from = {origin.field: data[origin.start : origin.end].decode() for origin in traveller.origins}
    assert read_from["surname"] == "TIF+PEREZ:I+ANAMS:A:1"
    assert read_from["documents"].startswith("SSR+DOCS")
    assert read_from["seat"] == "SSD+012A++++Y"


def test_checking_in_elsewhere_is_not_checking_in_here() -> None:
    message = booking(f"{ELSEWHERE}RPI+1+HK'DAT'TRI++1:::1'SSD+9F'TBD++1:10:700'{HERE}DAT'TRI++1:::1'TBD++2:20:700'")
    [traveller] = message.travellers
    assert (traveller.seat, traveller.checked_in, traveller.status) == (None, False, None)
    assert traveller.bags == Bags(2, 20.0)
    message = booking(f"{HERE}DAT'TRI++1:::1'TBD++2:20:700'{ELSEWHERE}DAT'TRI++1:::1'TBD++1:10:700'")
    assert message.travellers[0].bags == Bags(2, 20.0)


@pytest.mark.parametrize(
    ("pushed", "flown"),
    [
        ("", HERE),
        ("TVL+221126:0945:221126:1120++SAL+X1+310'", "TVL+221126:0945:221126:1120++SAL+X1+310:Y'"),
    ],
    ids=["no flight is pushed", "nobody says where it departs"],
)
def test_checking_in_for_a_flight_that_may_be_another_is_not_checking_in_here(pushed: str, flown: str) -> None:
    booked = f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANAMS:A:1'{flown}RPI+1+HK'DAT'TRI++1:::1'SSD+9F'"
    [traveller] = only(pnrgov_bytes(booked, head=f"MSG+:22'{pushed}")).travellers
    assert (traveller.seat, traveller.checked_in, traveller.status) == (None, False, None)


def test_check_in_of_nobody_known_says_nothing() -> None:
    message = booking(f"{HERE}DAT'TRI++1:::9'SSD+9F'TBD++1:10:700'TRI++2'TRI'SSD'TBD'")
    assert (message.travellers[0].seat, message.travellers[0].bags) == (None, None)


def test_bags_that_cannot_be_read_are_told() -> None:
    message = booking(f"{HERE}DAT'TRI++1:::1'SSD+XXX'TBD++FEW:HEAVY'TBD++::++HP+X1:NULL+:'")
    assert codes(message) == ["NUMBER_UNREADABLE"]
    assert message.travellers[0].checked_in
    assert message.travellers[0].seat is None


def test_flights_of_an_itinerary() -> None:
    [read] = booking(
        "TVL+221126:0945::1120+MIA+SAL+X1+0310A:Y'TVL+221126:0945:1120+MIA+SAL+X1+310'TVL++MIA+SAL++ARNK'"
        "TVL+:::+MIA+SAL+X1+312'TVL+991399:0945+MIA+SAL+X1+313'TVL+221126:0945:231126:0120+MIA+SAL+X1+314'"
    ).bookings
    shown = [(str(leg.designator), leg.departure_local, leg.arrival_local) for leg in read.itinerary]
    leave, land = datetime.fromisoformat("2026-11-22T09:45"), datetime.fromisoformat("2026-11-22T11:20")
    assert shown == [
        ("X1310A", leave, land),
        ("X1310", leave, land),
        ("X1312", None, None),
        ("X1313", None, None),
        ("X1314", leave, datetime.fromisoformat("2026-11-23T01:20")),
    ]


@pytest.mark.parametrize(
    ("flights", "marketing", "operating"),
    [
        # The flight that is pushed is X1310: the number sent first is its own, the other the partner's.
        ("TVL+221126:0945+MIA+SAL+X7:X1+310:Y'TVL+++++777:Y'", "X7777", "X1310"),
        # Another flight: the first number is the one that was sold, the second the one that is flown.
        ("TVL+231126:0945+SAL+GUA+X7:X2+777:Y'TVL+++++210:Y'", "X7777", "X2210"),
        ("TVL+231126:0945+SAL+GUA+X7:X2+777:Y'TVL+++++WORDS'", "X7777", "X2777"),
        ("TVL+231126:0945+SAL+GUA+X7:X7+777:Y'TVL+++++210:Y'", "X7777", "X7777"),
        ("TVL+231126:0945+SAL+GUA+X7+777:Y'TRA+X2+210:D'", "X7777", "X2210"),
        ("TVL+231126:0945+SAL+GUA+X7+777:Y'TRA+X2'", "X7777", "X7777"),
    ],
)
def test_both_names_of_a_code_share(flights: str, marketing: str, operating: str) -> None:
    [read] = booking(flights).bookings
    [leg] = read.itinerary
    assert (str(leg.designator), str(leg.operated_by)) == (marketing, operating)


def test_a_split_booking_names_the_other_and_goes_on() -> None:
    message = booking(f"EQN+1'RCI+X1:ZZ99ZZ::011126:1022'TIF+RUIZ+EVA:A:2'{HERE}EQN+1'RCI+X1:YY88YY'")
    assert message.bookings[0].split_from == "ZZ99ZZ"
    assert names(message) == ["PEREZ/ANA", "RUIZ/EVA"]
    assert len(message.bookings[0].itinerary) == 1


def test_what_is_no_flight_and_what_is_history_says_nothing() -> None:
    message = booking(
        f"""{HERE}MSG+8'TVL+221126:1500+SAL:HOTEL SINTETICO++VN+67576:ROH'
        ABI+1+:X+LON++X1'DAT+ZT:071126:1010'SAC+++X'TIF+OTRA+EVA:A:2'SAC+++A'TVL+231126:0945+SAL+GUA+X1+999'
        RCI+X1:OLD111'EQN+1'RCI+X1:OLD222'MSG+8'ADD++700:CALLE'IFT+4:28+CTCM 50322223333'TKT+1'FOP+CA'ORG+X1'
        {DOCS}LTS+0/O/NM/PEREZ/ANAMS'"""
    )
    [read] = message.bookings
    assert names(message) == ["PEREZ/ANA"]
    assert len(read.itinerary) == 1
    assert (read.split_from, read.tickets, read.payments, read.contacts) == (None, (), (), ())
    assert message.travellers[0].documents == ()


def test_somebody_named_after_the_flights_is_a_traveller_too() -> None:
    message = pnrgov(f"SRC'RCI+X1:AB12CD'{HERE}TIF+PEREZ+ANA:A:1'REF+:0001'MSG+8'TIF+RUIZ+EVA:A:2'")
    assert names(message) == ["PEREZ/ANA", "RUIZ/EVA"]
    assert message.travellers[0].reference == "0001"
    assert codes(message) == ["OUT_OF_GROUP"] * 2


def test_groups_are_nobody_and_people_without_a_name_are_told() -> None:
    message = pnrgov("SRC'RCI+X1:AB12CD'TIF+SCHOOL+TRIP:G:1'FTI+X1:1'REF+:5'TIF+:A'TIF+FNU+PEREZ:A:2'TIF+RUIZ'")
    assert names(message) == ["None/None", "PEREZ/None", "RUIZ/None"]
    assert codes(message) == ["NAME_MISSING"]


def test_two_under_one_reference_stay_two() -> None:
    assert names(pnrgov("SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TIF+PEREZ+LUIS:A:1'TIF+PEREZ+ANA:A:3'")) == [
        "PEREZ/ANA",
        "PEREZ/LUIS",
        "PEREZ/ANA",
    ]


def test_the_same_traveller_named_again_without_reference_is_one() -> None:
    assert names(booking(f"{HERE}DAT'TIF+PEREZ+ANAMS:A'SSD+12A'")) == ["PEREZ/ANA"]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (
            "ADD++700:12 CALLE UNO:SANTA ANA:::SV:0101:50322223333'",
            ["12 CALLE UNO, SANTA ANA, SV, 0101", "50322223333"],
        ),
        ("ADD++700:::::::X1 CTC M 50322223333'", ["50322223333"]),
        ("ADD++700'ADD'IFT+4:28+NO CONTACT'IFT+4:43+ANA PEREZ'", []),
        ("IFT+4:28+CTCP SAL 503 2222 3333 HOME'", ["50322223333"]),
        ("IFT+4:28+CTCE NOBODY'IFT+4:28+CTCM 12'", []),
    ],
)
def test_contacts_before_the_travellers_are_the_bookings(body: str, kept: list[str]) -> None:
    [read] = pnrgov(f"SRC'RCI+X1:AB12CD'{body}").bookings
    assert [contact.value for contact in read.contacts] == kept


@pytest.mark.parametrize(
    ("text", "birth", "number"),
    [
        ("/P/SLV/A01234567/SLV/29FEB88/F/01MAY30/PEREZ/ANA/", "1988-02-29", "A01234567"),
        ("P/SLV/A01234567/SLV/29FEB88/F/01MAY30/PEREZ/ANA", "1988-02-29", "A01234567"),
        ("////SLV/29FEB88/F//PEREZ/ANA", "1988-02-29", None),
        ("/P/SLV/A01234567/SLV//F/01MAY30/PEREZ/ANA", None, "A01234567"),
        ("/P/SLV/A01234567/SLV//F//PEREZ/ANA", None, "A01234567"),
        ("P/SLV/A01234567/SLV", None, "A01234567"),
        ("/P/SLV/A01234567/SLV/29FEB1988/F/01MAY2030/PEREZ/ANA", "1988-02-29", "A01234567"),
    ],
)
def test_docs_are_counted_from_the_birth_date(text: str, birth: str | None, number: str | None) -> None:
    [traveller] = booking(f"SSR+DOCS:HK:1:X1:::::{text}'").travellers
    assert (str(traveller.birth_date) if traveller.birth_date else None) == birth
    assert [document.number for document in traveller.documents] == ([number] if number else [])


def test_docs_with_dates_or_states_that_cannot_be_read_are_told() -> None:
    message = booking("SSR+DOCS:HK:1:X1:::::/P/QQQ/A1/QQQ/31FEB88/F/99XXX30/PEREZ/ANA'")
    assert sorted(codes(message)) == ["COUNTRY_UNKNOWN", "COUNTRY_UNKNOWN", "DATE_UNREADABLE", "DATE_UNREADABLE"]
    assert [document.number for document in message.travellers[0].documents] == ["A1"]


def test_a_document_sent_again_for_each_flight_is_one() -> None:
    message = booking(
        f"SSR+DOCS:HK:1:X1:::::/P//A01234567///F//PEREZ/ANA'{HERE}SSR+DOCS:HK:1:X1:::MIA:SAL:"
        "/P/SLV/A01234567/SLV/29FEB88/F/01MAY30/PEREZ/ANA+::1'"
    )
    assert message.travellers[0].documents == (Document("A01234567", "P", "SLV", date(2030, 5, 1)),)


@pytest.mark.parametrize(
    ("request_", "whom"),
    [
        ("SSR+DOCS:HK:1:X1:::::/P/SLV/D1/SLV/29FEB88/M/01MAY30/PEREZ/LUIS ALBERTO'", "LUIS"),
        ("SSR+DOCS:HK:1:X1:::::/P/SLV/D1/SLV/29FEB88/M/01MAY30/PE REZ/LU IS'", "LUIS"),
        ("SSR+DOCS:HK:1:X1:::::/P/SLV/D1/SLV/29FEB88/M/01MAY30/OTRO/NOMBRE+::1'", "ANA"),
        ("SSR+DOCS:HK:1:X1:::::/P/SLV/D1/SLV/29FEB88/M/01MAY30'", "LUIS"),
    ],
)
def test_whom_a_document_belongs_to(request_: str, whom: str) -> None:
    message = two(request_)
    assert [each.given_names for each in message.travellers if each.documents] == [whom]


def test_a_document_that_could_be_of_several_is_nobodys() -> None:
    message = two(f"{HERE}SSR+DOCS:HK:1:X1:::::/P/SLV/D1/SLV/29FEB88/M/01MAY30/OTRO/NOMBRE'")
    assert [each.documents for each in message.travellers] == [(), ()]


@pytest.mark.parametrize(
    "request_",
    [
        "DOCS:HK:1:X1:::::/P/SLV/D1/SLV/29FEB88/M/01MAY30/OTRO/NOMBRE",
        "DOCO:HK:1:X1:::::X/V/8675309/Y",
        "DOCO:HK:1:X1:::::X/K/1",
        "DOCA:HK:1:X1:::::R/SLV/CALLE",
        "CHLD:HK:1:X1:::::04JUL18",
        "UMNR:HK:1:X1:::::UM08",
        "FQTV:HK:1:X1:::::X112345678",
    ],
)
def test_data_of_a_request_that_go_to_nobody_are_told_with_their_place(
    request_: str,
) -> None:
    body = f"{HERE}SSR+{request_}'"
    (finding,) = two(body).findings
    assert (finding.code, finding.segment) == ("REQUEST_OF_NOBODY", "SSR")
    assert finding.position == pnrgov_bytes(f"SRC'RCI+X1:AB12CD'{PEOPLE}{body}").index(b"SSR+")
    assert codes(two(f"{HERE}SSR+{request_}+::2'")) == []
    assert codes(booking(f"{HERE}SSR+{request_}'")) == []


@pytest.mark.parametrize("request_", ["DOCO:HK:1:X1:::::/K/1/Y", "DOCA:HK:1:X1:::::R", "CHLD:HK:1:X1", "FQTV:HK:1:X1"])
def test_a_request_that_says_nothing_of_anybody_is_nobodys_and_no_deviation(request_: str) -> None:
    assert codes(two(f"{HERE}SSR+{request_}'")) == []


@pytest.mark.parametrize(
    "elements", ["+/P/SLV/D1/SLV/29FEB88/F/01MAY30/PEREZ/ANA", "+++P/SLV/D1/SLV/29FEB88/F/01MAY30/PEREZ/ANA"]
)
def test_a_document_whose_text_stands_in_an_element_of_its_own_is_read(elements: str) -> None:
    message = two(f"{HERE}SSR+DOCS:HK:1:X1{elements}'")
    assert [[document.number for document in each.documents] for each in message.travellers] == [["D1"], []]
    assert codes(message) == []


def test_documents_of_a_party_too_large_to_compare_go_by_reference() -> None:
    party = "".join(f"TIF+P{place}+ANA:A:{place}'" for place in range(201))
    message = pnrgov(f"SRC'RCI+X1:AB12CD'{party}SSR+DOCS:HK:1:X1:::::/P/SLV/D1+::7'SSR+DOCS:HK:1:X1:::::/P/SLV/D2'")
    assert [each.surname for each in message.travellers if each.documents] == ["P7"]


def test_an_infants_document_is_not_the_parents() -> None:
    infant = "SSR+DOCS:HK:1:X1:::::/P/SLV/B1/SLV/10AUG25/FI/01MAY30/PEREZ/SOL/'"
    message = booking(infant + DOCS + "TIF+PEREZ+SOL:IN:2'")
    assert [(each.given_names, each.infant, [d.number for d in each.documents]) for each in message.travellers] == [
        ("ANA", False, ["A01234567"]),
        ("SOL", True, ["B1"]),
    ]


def test_an_infant_without_a_name_segment_travels_all_the_same() -> None:
    message = booking(
        """SSR+INFT:HK:1:X1:::MIA:SAL:PEREZ/SOLCHD 10AUG25'
        SSR+DOCS:HK:1:X1:::::/P/SLV/B1/SLV/10AUG25/FI/01MAY30/PEREZ/SOL'"""
    )
    assert [(each.given_names, each.title, each.infant, str(each.birth_date)) for each in message.travellers] == [
        ("ANA", "MS", False, "None"),
        ("SOL", "CHD", True, "2025-08-10"),
    ]
    assert message.bookings[0].travellers == (0, 1)


@pytest.mark.parametrize(
    ("request_", "birth"),
    [
        ("SSR+INFT:HK:1:X1:::::PEREZ/SOL/10AUG25'", "2025-08-10"),
        ("SSR+INFT:HK:1:X1:::::PEREZ/SOL 99XXX25'", "None"),
        ("SSR+INFT:HK:1:X1:::::PEREZ/SOL'", "None"),
        ("SSR+INFT:HK:1:X1:::::WORDS'", "None"),
    ],
)
def test_when_an_infant_was_born(request_: str, birth: str) -> None:
    message = booking("TIF+PEREZ+SOL:IN:2'" + request_ + request_)
    assert str(message.travellers[1].birth_date) == birth


def test_an_infant_who_could_be_either_of_two_has_no_birth_date() -> None:
    message = pnrgov(
        """SRC'RCI+X1:AB12CD'TIF+PEREZ+SOL:IN:1'TIF+PEREZ+LUZ:IN:2'TIF+PEREZ+ANA:A:3'
        SSR+INFT:HK:1:X1:::::OTRO/EVA 10AUG25'"""
    )
    assert [each.birth_date for each in message.travellers] == [None, None, None]


def test_when_a_child_was_born() -> None:
    assert str(booking("SSR+CHLD:HK:1:X1:::::10AUG17'").travellers[0].birth_date) == "2017-08-10"
    assert booking("SSR+CHLD:HK:1:X1'").travellers[0].birth_date is None
    assert two(f"{HERE}SSR+CHLD:HK:1:X1:::::10AUG17'").travellers[0].birth_date is None


def test_dates_with_the_year_first_and_separators_are_read_and_told_each_time() -> None:
    message = pnrgov(
        """SRC'RCI+X1:AB12CD::2026-11-01:1022'TIF+PEREZ+ANAMS:A:1'
        SSR+DOCS:HK:1:X1:::::P/SLV/A1/SLV/1988-02-29/F/2030-05-01/PEREZ/ANA'
        SSR+DOCO:HK:1:X1:::::/X/V/B1/MIAMI/2025-12-22/USA'TVL+2026-11-22:0945:2026-11-22:1120+MIA+SAL+X1+310:Y'"""
    )
    [traveller], [held] = message.travellers, message.bookings
    assert str(traveller.birth_date) == "1988-02-29"
    assert [(each.expiry, each.issued) for each in traveller.documents] == [
        (date(2030, 5, 1), None),
        (None, date(2025, 12, 22)),
    ]
    assert held.created_at == datetime(2026, 11, 1, 10, 22, tzinfo=UTC)
    [leg] = held.itinerary
    assert (leg.departure_local, leg.arrival_local) == (
        datetime.fromisoformat("2026-11-22T09:45"),
        datetime.fromisoformat("2026-11-22T11:20"),
    )
    assert codes(message) == ["DATE_FORMAT_MISMATCH"] * 6


VISA = Document("8675309", "V", "USA", issued=date(2025, 12, 22), issue_place="SANTA ANA")


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("SAN SALVADOR/V/8675309/SANTA ANA/22DEC25/US", [VISA]),
        ("/SAN SALVADOR/V/8675309/SANTA ANA/22 DEC 2025/USA", [VISA]),
        ("V/8675309/SANTA ANA/22DEC25/US", [VISA]),
        ("//V/8675309", [Document("8675309", "V")]),
        ("//K/12345///US", []),
        ("/X/V//Y", []),
    ],
)
def test_visas_are_documents(text: str, documents: list[Document]) -> None:
    message = booking(f"SSR+DOCO:HK:1:X1:::::{text}'")
    assert list(message.travellers[0].documents) == documents
    assert codes(message) == []


@pytest.mark.parametrize(
    ("text", "place", "state"),
    [
        ("/SAN SALVADOR /V/8675309", "SAN SALVADOR", None),
        ("SAN SALVADOR/R/12345", "SAN SALVADOR", None),
        ("/SLV/K/12345///US", "SLV", "SLV"),
        ("/SAN SALVADOR", "SAN SALVADOR", None),
        ("/SAN SALVADOR//////", "SAN SALVADOR", None),
        ("/SAN SALVADOR/Q/12345", None, None),
        ("SAN SALVADOR", None, None),
        ("V/8675309", None, None),
        ("", None, None),
    ],
)
def test_a_birth_place_is_kept_where_the_form_of_the_request_tells_which_field_it_is(
    text: str, place: str | None, state: str | None
) -> None:
    message = booking(f"SSR+DOCO:HK:1:X1:::::{text}'")
    [traveller] = message.travellers
    assert (traveller.birth_place, traveller.birth_country) == (place, state)
    assert ("birth_place" in {each.field for each in traveller.origins}) == bool(place)
    assert codes(message) == []


@pytest.mark.parametrize("text", ["//R/R202678///SLV", "R/R202678", "/SANTA ANA/R/R202678"])
def test_a_redress_number_is_the_authoritys_reference_as_a_passenger_list_tells_it(text: str) -> None:
    [booked] = booking(f"SSR+DOCO:HK:1:X1:::::{text}'").travellers
    [listed] = paxlst("NAD+FL+++PEREZ:ANA'RFF+AEA:R202678'").travellers
    assert booked.government_reference == listed.government_reference == "R202678"
    assert "government_reference" in {each.field for each in booked.origins}
    assert booked.documents == ()


@pytest.mark.parametrize("text", ["//K/12345///US", "//R", "//V/8675309"])
def test_other_kinds_tell_no_redress_number(text: str) -> None:
    [booked] = booking(f"SSR+DOCO:HK:1:X1:::::{text}'").travellers
    assert booked.government_reference is None


def test_a_birth_place_and_a_visa_say_what_a_passenger_list_says_of_them() -> None:
    [booked] = booking("SSR+DOCO:HK:1:X1:::::/SAN SALVADOR/V/8675309/SANTA ANA/22DEC25/USA'").travellers
    listed_visa = "DOC+V+8675309'DTM+182:251222'LOC+91+USA:::SANTA ANA'"
    [listed] = paxlst(f"NAD+FL+++PEREZ:ANA'LOC+180+:::SAN SALVADOR'{listed_visa}").travellers
    assert (booked.birth_place, booked.documents) == (listed.birth_place, listed.documents)


def test_a_visa_named_for_each_flight_is_one_and_what_a_later_request_adds_is_added() -> None:
    requests = ("/SANTA ANA/V/8675309", "/SOYAPANGO/V/8675309/SANTA ANA/22DEC25/US", "//V/8675309/MIAMI/23DEC25/SLV")
    message = booking("".join(f"SSR+DOCO:HK:1:X1:::::{each}'" for each in requests))
    [traveller] = message.travellers
    assert (traveller.birth_place, traveller.documents) == ("SANTA ANA", (VISA,))


def test_a_visa_whose_number_is_that_of_the_passport_is_a_second_document() -> None:
    message = booking(f"{DOCS}SSR+DOCO:HK:1:X1:::::X/V/A01234567'")
    assert [(each.type, each.number) for each in message.travellers[0].documents] == [
        ("P", "A01234567"),
        ("V", "A01234567"),
    ]


def test_a_visa_with_an_odd_day_or_state_is_kept_without_it() -> None:
    message = booking("SSR+DOCO:HK:1:X1:::::X/V/8675309/SANTA ANA/31FEB25/QQQ'")
    assert message.travellers[0].documents == (Document("8675309", "V", issue_place="SANTA ANA"),)
    assert sorted(codes(message)) == ["COUNTRY_UNKNOWN", "DATE_UNREADABLE"]


def test_a_visa_of_nobody_known_is_left_out() -> None:
    message = two(f"{HERE}SSR+DOCO:HK:1:X1:::::X/V/8675309/Y'SSR+DOCA:HK:1:X1:::::R/SLV/CALLE'")
    assert [(each.birth_place, each.documents, each.contacts) for each in message.travellers] == [(None, (), ())] * 2


@pytest.mark.parametrize(
    ("text", "address", "residence"),
    [
        ("/R/SLV/12 CALLE UNO/SANTA ANA", "12 CALLE UNO, SANTA ANA, SLV", "SLV"),
        ("D/USA/12 MAIN STREET/MIAMI/FL/33101", "12 MAIN STREET, MIAMI, FL, 33101, USA", None),
        ("R/QQQ/12 CALLE UNO", "12 CALLE UNO, QQQ", None),
        ("R", None, None),
    ],
)
def test_addresses_of_residence_and_destination(text: str, address: str | None, residence: str | None) -> None:
    [traveller] = booking(f"SSR+DOCA:HK:1:X1:::::{text}'").travellers
    assert [contact.value for contact in traveller.contacts] == ([address] if address else [])
    assert traveller.residence == residence


def test_seats_count_on_the_flight_that_is_pushed() -> None:
    message = two(
        f"""{HERE}SSR+SEAT:HK:2:X1:::MIA:SAL++12A::1+012B::2+12C::9+XXX::1'SSR+SEAT:HK:2:X1:::SAL:MIA+1A::1'
        SSR+NSST:HK:1:X1:::MIA:SAL:X1 0310+13A::1'SSR+SEAT:HK:2:X1:::MIA:SAL:.03BN03AN'"""
    )
    assert [each.seat for each in message.travellers] == ["12A", "12B"]
    assert booking(f"{HERE}SSR+SEAT:HK:1:X1:::MIA:SAL+12A'").travellers[0].seat == "12A"
    assert booking(f"{HERE}SSR+SEAT:HK:1+12A'").travellers[0].seat is None
    without = only(pnrgov_bytes("SRC'TIF+PEREZ+ANA:A:1'SSR+SEAT:HK:1:X1:::MIA:SAL+12A::1'", head="MSG+:22'"))
    assert without.travellers[0].seat is None
    assert without.flights == ()


def test_requests_hold_contacts_tickets_and_accounts() -> None:
    message = booking(
        """SSR+CTCM:HK:1:X1:::::50322223333'SSR+CTCE:HK:1:X1:::::ANA//EXAMPLE.ORG'SSR+CTCE:HK:1:X1:::::NONE'
        SSR+TKNE:HK:1:X1:::MIA:SAL:INF9991234567890C1'SSR+TKNE:HK:1:X1:::::NONE'
        SSR+FQTV:HK:1:X1:::::X1 445566000'SSR+FQTV:HK:1:X1:::::X1445566000'SSR+FQTV:HK:1:X1:::::NONE'SSR+CKIN'SSR'"""
    )
    [traveller] = message.travellers
    assert [contact.value for contact in traveller.contacts] == ["50322223333", "ANA@EXAMPLE.ORG"]
    assert [ticket.number for ticket in message.bookings[0].tickets] == ["9991234567890"]
    assert traveller.frequent_flyer == (FrequentFlyer("X1", "445566000"),)


def test_a_contact_of_nobody_known_is_the_bookings() -> None:
    message = two(f"{HERE}SSR+CTCM:HK:1:X1:::::50322223333'SSR+FQTV:HK:1:X1:::::X1445566000'")
    assert [contact.value for contact in message.bookings[0].contacts] == ["50322223333"]


def test_sensitive_requests_and_remarks_are_withheld_wherever_they_stand() -> None:
    data = pnrgov_bytes(
        f"""SRC'RCI+X1:AB12CD'SSR+VGML:HK:1:X1'SSR+KSML:HK:1:X1'IFT+4:28::X1+PAX IS BLIND'TIF+PEREZ+ANAMS:A:1'
        SSR+OTHS:HK:1:X1:::::TRAVELS WITH OXYGEN'SSR+OTHS:HK:1:X1:::::WINDOW PLEASE'
        {HERE}SSR+WCHR:HK:1:X1:::MIA:SAL+::1'
        ABI+1+:X+LON++X1'SAC+++A'SSR+KSML:HK:1:X1'LTS+0/O/SR/SSR WCHRX1HK1'LTS+0/O/NM/PEREZ/ANAMS'"""
    )
    message = only(data)
    assert (message.withheld.ssr, message.withheld.free_text) == (3, 3)
    assert [data[span.start : span.end].split(b":")[0].split(b"+")[0] for span in message.sensitive] == [
        b"KSML", b"4", b"OTHS", b"WCHR", b"KSML", b"0/O/SR/SSR WCHRX1HK1",
    ]  # fmt: skip


def test_names_in_records_are_not_remarks() -> None:
    message = booking("SSR+DOCS:HK:1:X1:::::/P/SLV/A1/SLV/29FEB88/F/01MAY30/BLIND/ANA'IFT+4:43+ANA BLIND'")
    assert message.withheld.total == 0


def test_a_clerical_title_is_dropped_and_its_bytes_are_told() -> None:
    data = pnrgov_bytes("SRC'RCI+X1:AB12CD'TIF+PEREZ+JUAN REV:A:1'")
    message = only(data)
    assert names(message) == ["PEREZ/JUAN"]
    assert [data[span.start : span.end] for span in message.sensitive] == [b"REV"]


def test_a_blank_beside_a_tag_and_a_segment_of_another_message_are_told() -> None:
    message = pnrgov(
        "SRC 'RCI +X1:AB12CD'TIF+PEREZ+ANA:A:1'NAD+FL'FAR+N'APD+320'MON+X+T:1'FTI+X1'REF'EBD+USD+MANY'TKT+'FOP+'"
    )
    assert codes(message) == ["BLANK_IN_TAG", "SEGMENT_UNKNOWN", "NUMBER_UNREADABLE"]


@pytest.mark.parametrize(
    "segment",
    ["EBD++1'", "TKT+1'", "MON+T:1:USD'", "FOP+CA'", "RPI+1+HK'", "DAT+2'", "TRI++1:::1'", "SSD+1A'", "TBD++1'",
     "SSR+SEAT:HK'", "ABI+1'", "SAC+1'", "LTS+X'", "ADD++700:X'", "IFT+4:28+CTCM 50322223333'", "FTI+X1:1'", "REF+:1'",
     "TRA+X1+1'", "IFT+4:43+ANA'"],
)  # fmt: skip
def test_a_bookings_segment_before_any_booking_is_left_out(segment: str) -> None:
    message = pnrgov(segment + "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'")
    assert names(message) == ["PEREZ/ANA"]
    assert message.travellers[0].contacts == ()


def test_history_without_its_head_or_its_action_keeps_what_it_says() -> None:
    message = booking("SAC+++A'TIF+PEREZ+ANA:A:1'SAC'TIF+PEREZ+EVA'ABI+1+::'DAT+ZT'SAC+++X'TVL++MIA+SAL++ARNK'TIF+'")
    [read] = message.bookings
    assert [(each.action, each.value, each.at, each.by) for each in read.changes] == [
        ("added", "PEREZ/ANA", None, None)
    ]
    message = booking("SAC+++X'TVL+++SAL+X1+310'")
    assert [each.value for each in message.bookings[0].changes] == ["X1310 ?-SAL"]


def test_a_service_whose_name_tells_a_religion_is_withheld() -> None:
    message = booking("MSG+8'TVL+221126+SAL:KOSHER HOTEL'TVL'MSG+-'TVL++GUA'")
    assert message.withheld.free_text == 1
    assert [(each.kind, each.place, each.starts) for each in message.bookings[0].services] == [
        ("hotel", None, None),
        ("", "GUA", None),
    ]


def test_dates_of_a_booking_that_are_something_else_say_nothing() -> None:
    message = booking("DAT+710:991399'")
    assert message.bookings[0].ticketing_at is None
    [read] = pnrgov("SRC'RCI+X1:AB12CD'DAT+3:TEXT+700'DAT+700:991399:0000'").bookings
    assert (read.changed_at, read.ticketing_at) == (None, None)


def test_tickets_without_prices_and_cards_without_a_month() -> None:
    message = booking(
        "TKT+1'MON+B:1.00+T+X:9'PTK+NR'DAT+710:991399:0000+3:X'FOP+CC:::VI:4111:9999+CC::::4222'IFT+4:43'"
    )
    [read] = message.bookings
    assert [(each.fare, each.total, each.currency, each.issued_at) for each in read.tickets] == [
        ("1.00", None, None, None)
    ]
    assert [(each.brand, each.expiry, each.holder) for each in read.payments] == [
        ("VI", None, None),
        (None, None, None),
    ]
    assert codes(message) == ["DATE_UNREADABLE"]


@pytest.mark.parametrize("kind", ["10:1", "11:1", "12:1", "13:1", "14:1", "15:1", "16:1", "18:1", "21:1"])
def test_every_version_is_read(kind: str) -> None:
    data = pnrgov_bytes("SRC'RCI+X1:AB12CD'TIF+PEREZ+ANAMS:A:1'").replace(b"PNRGOV:13:1", f"PNRGOV:{kind}".encode())
    assert only(data).version == kind
    assert names(only(data)) == ["PEREZ/ANA"]


def test_an_infant_of_another_name_is_another_infant() -> None:
    message = booking(
        "TIF+PEREZ+SOL:IN:2'SSR+INFT:HK:1:X1:::::OTRO/EVA 10AUG25'SSR+INFT:HK:1:X1:::::PEREZ/SOL 11SEP25'"
    )
    assert [(each.given_names, str(each.birth_date)) for each in message.travellers[1:]] == [
        ("SOL", "2025-09-11"),
        ("EVA", "2025-08-10"),
    ]


def test_what_nobody_or_no_flight_is_about_says_nothing() -> None:
    message = two(f"TVL++SAL+GUA++ARNK'APD+320'RPI+1+HK'TIF++:G'{HERE}SSR+UMNR:HK:1:X1:::MIA:SAL:UM09'RPI+2'")
    assert not any(each.unaccompanied for each in message.travellers)
    assert [leg.aircraft for leg in message.bookings[0].legs] == [None]
    assert [(leg.seats, leg.status) for leg in message.bookings[0].legs] == [(2, None)]
    assert message.bookings[0].group_name is None


@pytest.mark.parametrize(
    ("leg", "found"),
    [
        ("TVL+221126:0945+SAL+GUA+X1+310:Y'", []),
        ("TVL++SAL+GUA++ARNK'", []),
        ("TVL+:::+SAL+GUA+X1+OPEN'", ["FLIGHT_OPEN"]),
        ("TVL+:::+SAL+GUA+X1+'", ["FLIGHT_OPEN"]),
        ("TVL+221126:0945+SAL+GUA++310:Y'", ["FLIGHT_OPEN"]),
        ("TVL+221126:0945+SAL+GUA+X1+!!'", ["FLIGHT_UNREADABLE"]),
    ],
)
def test_a_leg_without_a_carrier_or_a_number_leaves_a_trace(leg: str, found: list[str]) -> None:
    message = booking(leg)
    assert [(each.code, each.segment) for each in message.findings] == [(code, "TVL") for code in found]
    assert len(message.bookings[0].itinerary) == (not found and "ARNK" not in leg)
    assert codes(booking(leg * 2)) == found * 2


def test_codes_of_history_and_services_that_no_table_has_are_kept_and_counted() -> None:
    message = booking(
        "MSG+8'TVL+231126:1500+SAL'MSG+ZZ'TVL+231126:1500+SAL'ABI+1+:SALX100'DAT+700:011126:1000'"
        "SAC+++A'SSR+OTHS'SAC+++N'SSR+OTHS'SSR+OTHS'SAC+++X'SSR+OTHS'"
    )
    assert dict(message.unknown) == {"SAC": 2, "MSG": 1}
    assert [each.action for each in message.bookings[0].changes] == ["added", "N", "N", "cancelled"]
    assert [each.kind for each in message.bookings[0].services] == ["hotel", "ZZ"]
    assert codes(message) == []


#: What PADIS repeats as elements, and as a sender writes it who declares a sign for repeating.
REPEATED = (
    "RCI+X1:AB12CD::011126:1022+1A:QRSTUV'DAT+700:021126:0900+710:031126'TIF+PEREZ+ANAMS:A:1'TIF+PEREZ+LUISMR:A:2'"
    "FTI+X1:123456:GOLD+X2:654321'REF+:U1'TKT+1230000000001'MON+B:10.00:USD+T:12.00:USD'"
    "FOP+CC::7.00:VI:4XXXXXXXXXXX1111:1228+CA::5.00'"
    f"{HERE}SSR+SEAT:HK:2:X1:::MIA:SAL+15A::1+15B::2'TRI++1:::1'SSD+15A++++Y'TBD++3:20:700+++X1:123456:2:SAL+X1:200001:1:SAL'"
)


def test_what_is_repeated_by_the_sign_that_una_declares_is_read_as_when_it_is_repeated_as_elements() -> None:
    declared, undeclared = b"UNA:+.?*'", b"UNA:+.? '"
    as_elements = said(undeclared + pnrgov_bytes(f"SRC'{REPEATED}"))
    every = REPEATED
    for one, other in (
        ("1022+1A", "1022*1A"), ("0900+710", "0900*710"), ("GOLD+X2", "GOLD*X2"), ("USD+T:", "USD*T:"),
        ("1228+CA", "1228*CA"), ("::1+15B", "::1*15B"), ("2:SAL+X1", "2:SAL*X1"),
    ):  # fmt: skip
        assert one in every
        every = every.replace(one, other)
        assert said(declared + pnrgov_bytes(f"SRC'{REPEATED.replace(one, other)}")) == as_elements, other
    assert said(declared + pnrgov_bytes(f"SRC'{every}")) == as_elements
    assert said(undeclared + pnrgov_bytes(f"SRC'{every}")) != as_elements, "nothing says that it repeats"


def test_a_star_that_is_a_value_repeats_nothing_also_where_una_declares_it() -> None:
    data = b"UNA:+.?*'" + pnrgov_bytes(
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANAMS:A:1'REF+:U1?*2'TKT+1230000000001'FOP+CC::7.00:VI:4***********1111:1228'"
    )
    message = only(data)
    assert [each.card for each in message.bookings[0].payments] == ["4***********1111"]
    assert message.travellers[0].reference == "U1*2"


def said(data: bytes) -> list[object]:
    """What a message says, but for places."""
    message = only(data)
    return [message.travellers, message.bookings, codes(message)]
