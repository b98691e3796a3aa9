"""PAXLST: what each segment says, in any order, and what becomes of what says nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.messages.written import UNB, codes, delivery, only, paxlst, paxlst_bytes
from torogoz.domain.document import Document
from torogoz.domain.manifest import Part
from torogoz.domain.traveller import Bags, Contact, ContactKind, FrequentFlyer, Sex, TravellerRole

PERSON = """NAD+FL+++EJEMPLO PRUEBA:ANA:SINTETICA'ATT+2++F'DTM+329:880229'MEA+CT++:1'MEA+WT++KGM:20'FTX+BAG+++X1123456'
LOC+22+SAL'LOC+178+MIA'LOC+179+SAL'LOC+174+SLV'LOC+180+GBR:::LONDON'COM+50322223333:TE'NAT+2+SLV'RFF+AVF:X7K2PQ'
RFF+ABO:0001'RFF+SEA:012A'RFF+CR:X1445566'DOC+P:110:111+A01234567'DTM+36:300501'LOC+91+SLV'"""
SEGMENTS = PERSON.replace("\n", "").removesuffix("'").split("'")


def test_a_traveller_with_everything() -> None:
    message = paxlst(PERSON + "CNT+42:160'")
    [traveller] = message.travellers
    assert codes(message) == []
    assert message.expected_travellers == 160
    assert (traveller.surname, traveller.given_names) == ("EJEMPLO PRUEBA", "ANA SINTETICA")
    assert (traveller.role, traveller.sex) == (TravellerRole.PASSENGER, Sex.FEMALE)
    assert str(traveller.birth_date) == "1988-02-29"
    assert (traveller.nationality, traveller.residence, traveller.birth_place) == ("SLV", "SLV", "LONDON")
    assert (traveller.record_locator, traveller.reference, traveller.seat) == ("X7K2PQ", "0001", "12A")
    assert traveller.documents == (Document("A01234567", "P", "SLV", date(2030, 5, 1)),)
    assert traveller.bags == Bags(1, 20.0, ("X1123456",))
    assert traveller.contacts == (Contact(ContactKind.PHONE, "50322223333"),)
    assert traveller.frequent_flyer == (FrequentFlyer("X1", "445566"),)


def test_the_head_says_which_message_this_is() -> None:
    message = only(
        f"{UNB}UNH+42+PAXLST:D:12B:UN:IATA+X1/1+02:F'BGM+745+CLNB'UNT+3+42'UNZ+1+77'".encode(),
    )
    assert (message.number, message.type, message.version) == (1, "PAXLST", "D:12B")
    assert (message.function, message.qualifier, message.sender) == ("745", "CLNB", "X1")
    assert (message.reference, message.common_reference, message.part) == ("42", "X1/1", Part(2, last=True))
    assert message.prepared_at == datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@given(st.permutations(SEGMENTS[1:-4]))
def test_the_order_of_a_travellers_segments_does_not_matter(order: list[str]) -> None:
    # A document's own segments stay behind it: that is what makes them its own.
    body = "'".join([SEGMENTS[0], *order, *SEGMENTS[-4:]]) + "'"
    changed, plain = paxlst(body).travellers[0], paxlst(PERSON).travellers[0]
    assert all(getattr(changed, name) == getattr(plain, name) for name in plain.__struct_fields__ if name != "origins")


def test_every_value_knows_the_bytes_it_was_read_from() -> None:
    data = paxlst_bytes(PERSON)
    [traveller] = only(data).travellers
    read_from = {origin.field: data[origin.start : origin.end].decode() for origin in traveller.origins}
    assert read_from["surname"].startswith("NAD+FL")
    assert read_from["seat"] == "RFF+SEA:012A"
    assert read_from["birth_date"] == "DTM+329:880229"
    assert {origin.field for origin in traveller.origins} == {
        "surname", "given_names", "sex", "birth_date", "bags", "residence", "birth_place", "contacts", "nationality",
        "record_locator", "reference", "seat", "frequent_flyer", "documents", "journey_start", "journey_end",
        "clearance_airport",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("FL", TravellerRole.PASSENGER),
        ("FM", TravellerRole.CREW),
        ("DDT", TravellerRole.CREW),
        ("VW", TravellerRole.CREW),
        ("DDU", TravellerRole.TRANSIT),
    ],
)
def test_who_somebody_is_on_this_journey(code: str, role: TravellerRole) -> None:
    assert paxlst(f"NAD+{code}+++PEREZ:ANA'").travellers[0].role is role


def test_contacts_of_the_sender_are_no_travellers() -> None:
    message = paxlst(
        "NAD+MS+++OPERATIONS'COM+000:TE'NAT+2+SLV'ATT+2++F'RFF+TN:1'MEA+CT++:1'FTX+BAG+++X'NAD+FL+++PEREZ:ANA'"
    )
    assert [(each.surname, each.nationality, each.contacts) for each in message.travellers] == [("PEREZ", None, ())]


def test_a_title_that_tells_sex_or_age_stands_apart() -> None:
    [traveller] = paxlst("NAD+FL+++PEREZ:ANA MRS'").travellers
    assert (traveller.surname, traveller.given_names, traveller.title) == ("PEREZ", "ANA", "MRS")


def test_a_name_may_stand_in_the_place_of_an_address_and_an_address_behind_it() -> None:
    message = paxlst("NAD+FL++PEREZ:ANA+++++'NAD+FL+++RUIZ:EVA+CALLE UNO+SANTA ANA+SA:163+0101'")
    assert [each.surname for each in message.travellers] == ["PEREZ", "RUIZ"]
    assert message.travellers[1].contacts == (Contact(ContactKind.ADDRESS, "CALLE UNO, SANTA ANA, SA, 0101"),)


def test_an_address_of_blanks_is_none() -> None:
    [traveller] = paxlst("NAD+FL+++RUIZ:EVA+ + +:163'").travellers
    assert traveller.contacts == ()


def test_repeated_segments_say_the_same_for_each_traveller() -> None:
    message = paxlst("".join(f"NAD+FL+++P{place}:ANA'ATT+2++F'NAT+2+SLV'LOC+174+GTM'" for place in range(3)))
    assert [(each.sex, each.nationality, each.residence) for each in message.travellers] == [
        (Sex.FEMALE, "SLV", "GTM")
    ] * 3


def test_what_is_odd_is_noted_each_time_with_its_own_place() -> None:
    message = paxlst("".join(f"NAD+FL+++P{place}:ANA'NAT+2+QQQ'" for place in range(3)))
    assert codes(message) == ["COUNTRY_UNKNOWN"] * 3
    assert len({finding.position for finding in message.findings}) == 3
    assert {each.nationality for each in message.travellers} == {"QQQ"}


def test_an_issuer_without_its_document_is_told_also_where_another_had_one() -> None:
    message = paxlst("NAD+FL+++P1:ANA'DOC+P+A1'LOC+91+SLV'NAD+FL+++P2:ANA'LOC+91+SLV'NAD+FL+++P3:ANA+'LOC+91+SLV'")
    assert codes(message) == ["OUT_OF_GROUP"] * 2


@pytest.mark.parametrize(
    ("segment", "code"),
    [
        ("NAD+FL'", "NAME_MISSING"),
        ("NAD'", "ELEMENT_MISSING"),
        ("ATT+2'", "ELEMENT_MISSING"),
        ("DTM+329:881332'", "DATE_UNREADABLE"),
        ("DTM+329'", "DATE_UNREADABLE"),
        ("DTM+329:ABC'", "DATE_UNREADABLE"),
        ("DTM+36:20300501X'", "DATE_UNREADABLE"),
        ("MEA+CT++:MANY'", "NUMBER_UNREADABLE"),
        ("MEA+WT++KGM:1E999'", "NUMBER_UNREADABLE"),
        ("MEA+WT++KGM:12345678901234567890'", "NUMBER_UNREADABLE"),
        ("NAT+2+NOWHERE'", "COUNTRY_UNKNOWN"),
        ("LOC+91+SLV'", "OUT_OF_GROUP"),
        ("DOC+P'", "DOCUMENT_NUMBER_MISSING"),
        ("RFF+AVF'", "ELEMENT_MISSING"),
        ("QQQ+1'", "SEGMENT_UNKNOWN"),
        ("ATT +2++F'", "BLANK_IN_TAG"),
        ("CNT+42:ALL'", "NUMBER_UNREADABLE"),
    ],
)
def test_a_broken_segment_costs_nobody_anything_else(segment: str, code: str) -> None:
    message = paxlst(f"NAD+FL+++PEREZ:ANA'NAT+2+SLV'{segment}NAD+FL+++RUIZ:EVA'NAT+2+GTM'")
    assert code in codes(message)
    assert message.travellers[0].surname == "PEREZ"
    assert message.travellers[-1].nationality == "GTM"


@pytest.mark.parametrize(
    "segment", ["DOC+P+A1'", "LOC+91+SLV'", "DTM+36:300501'", "DTM+329:880229'", "COM+1:TE'", "GEI+4+173'"]
)
def test_a_persons_segment_before_any_person_is_left_out(segment: str) -> None:
    message = paxlst(segment + "NAD+FL+++PEREZ:ANA'")
    assert [(each.surname, each.documents) for each in message.travellers] == [("PEREZ", ())]


def test_what_says_nothing_that_is_kept_changes_nothing() -> None:
    message = paxlst(
        "NAD+FL+++PEREZ:ANA'ATT+9++F'NAT+1+GTM'MEA+XX++:1'RFF+YZY:1'RFF+CR:'RFF+SEA:XXX'LOC+180'FTX+AAI'EMP+1+CR1'"
        "COM+1:XX+:TE+2'DTM+7:1'FTX+BAG+++NULL'LOC+180+:::'"
    )
    [traveller] = message.travellers
    assert (traveller.sex, traveller.nationality, traveller.frequent_flyer, traveller.contacts) == (None, None, (), ())
    assert (traveller.seat, traveller.birth_place) == (None, None)


def test_an_employment_that_is_not_on_board_makes_nobody_crew() -> None:
    [traveller] = paxlst("NAD+FM+++PEREZ:ANA'EMP+2+CR1'").travellers
    assert traveller.crew_role is None


def test_documents_keep_their_own_dates_and_issuers() -> None:
    message = paxlst(
        "NAD+FL+++PEREZ:ANA'DOC+P:110:111+A1'LOC+91+SLV'DTM+36:300501'DOC+V+B2'DTM+36:310601'LOC+91+USA'LOC+91+VA:163'"
        "DOC+I'LOC+91+GTM'LOC+91+'"
    )
    assert message.travellers[0].documents == (
        Document("A1", "P", "SLV", date(2030, 5, 1)),
        Document("B2", "V", "USA", date(2031, 6, 1)),
    )


def test_an_issuer_of_two_letters_becomes_three_and_an_unknown_one_is_kept_with_a_finding() -> None:
    message = paxlst("NAD+FL+++PEREZ:ANA'DOC+P+A1'LOC+91+SV'DOC+P+A2'LOC+91+QQQ'DOC+P+A3'LOC+91+D'DOC+P+A4'LOC+91+Q1'")
    assert [each.issuer for each in message.travellers[0].documents] == ["SLV", "QQQ", "DEU", None]
    assert codes(message) == ["COUNTRY_UNKNOWN"] * 2


def test_bags_count_and_weigh() -> None:
    message = paxlst("NAD+FL+++PEREZ:ANA'MEA+CT++2'MEA+WT++LBR:44'FTX+BAG+++X1000009:2'")
    assert message.travellers[0].bags == Bags(2, 20.0, ("X1000009", "X1000010"))


def test_a_small_message_cannot_become_millions_of_tags() -> None:
    message = paxlst("NAD+FL+++PEREZ:ANA'" + "FTX+BAG+++X1000000:99'" * 1_000)
    assert message.travellers[0].bags is not None
    assert len(message.travellers[0].bags.tags) < 1_200


def test_many_values_of_one_person_are_read_in_linear_time() -> None:
    person = "NAD+FL+++PEREZ:ANA'" + "COM+1:TE'RFF+CR:X1445566'DOC+P+A1'FTX+BAG+++X1'" * 20_000
    [traveller] = paxlst(person).travellers
    assert len(traveller.contacts) == len(traveller.documents) == 20_000


def test_phones_and_mail_addresses_with_released_characters() -> None:
    message = paxlst("NAD+FL+++PEREZ:ANA'COM+?+503 2222:TE+ANA@EXAMPLE.ORG:EM'RFF+AVF:A?+B'RFF+CR:123'")
    [traveller] = message.travellers
    assert [contact.value for contact in traveller.contacts] == ["+503 2222", "ANA@EXAMPLE.ORG"]
    assert traveller.record_locator == "A+B"
    assert traveller.frequent_flyer == (FrequentFlyer("", "123"),)


@pytest.mark.parametrize(
    ("legs", "read"),
    [
        (
            "TDT+20+X1310'LOC+87+SAL'DTM+232:2611221120:201'LOC+125+MIA'DTM+189:2611220945:201'",
            ["X1310 MIA SAL 0945 1120"],
        ),
        (
            """TDT+20+X1310'LOC+92+MIA'DTM+189:2611220945:201'LOC+92+GUA'DTM+232:2611221000:201'LOC+92+GUA'
            DTM+189:2611221030:201'LOC+87+SAL'DTM+232:2611221120:201'""",
            ["X1310 MIA GUA 0945 1000", "X1310 GUA SAL 1030 1120"],
        ),
        (
            "TDT+20+X1310'LOC+125+SAL'DTM+189:2611220945:201'LOC+87+SAL'DTM+232:2611221120:201'",
            ["X1310 SAL SAL 0945 1120"],
        ),
        ("TDT+20+X1310'LOC+125+MIA'DTM+136:202611220945:203'", ["X1310 MIA None 0945 None"]),
        ("TDT+20+X1310'", ["X1310 None None None None"]),
        ("TDT+20+0310A+++X1'LOC+125+MIA'LOC+87+SAL'", ["X1310A MIA SAL None None"]),
        ("TDT+20'LOC+125+MIA'LOC+87+SAL'", []),
        ("LOC+125+SAL'TDT+20+X1310'LOC+125+MIA'", ["X1310 MIA None None None"]),
        (
            "DTM+189:2611220945:201'TDT+20+X1310'LOC+7+MIA'DTM+189:2611220945:201'LOC+125+MIA'DTM+7:1'",
            ["X1310 MIA None None None"],
        ),
    ],
)
def test_legs_lie_between_the_airports_of_their_group(legs: str, read: list[str]) -> None:
    shown = [
        f"{leg.designator} {leg.departure_airport} {leg.arrival_airport}"
        f" {leg.departure_local and leg.departure_local.strftime('%H%M')}"
        f" {leg.arrival_local and leg.arrival_local.strftime('%H%M')}"
        for leg in paxlst("", leg=legs).flights
    ]
    assert shown == read


def test_a_flight_that_cannot_be_read_or_names_two_carriers_is_told() -> None:
    assert codes(paxlst("", leg="TDT+20+FLIGHT'")) == ["FLIGHT_UNREADABLE"]
    assert codes(paxlst("", leg="TDT+20+X1FLIGHT+++X1'")) == ["FLIGHT_UNREADABLE"]
    message = paxlst("", leg="TDT+20+ZX877+++XZ'LOC+125+MIA'")
    assert codes(message) == ["CARRIER_MISMATCH"]
    assert str(message.flights[0].designator) == "ZX877"


def test_a_leg_after_the_travellers_is_a_leg() -> None:
    message = paxlst("NAD+FL+++PEREZ:ANA'LOC+178+MIA'TDT+20+X1311'LOC+125+SAL'LOC+87+MIA'")
    assert [str(leg.designator) for leg in message.flights] == ["X1310", "X1311"]
    assert (message.flights[1].departure_airport, message.flights[1].arrival_airport) == ("SAL", "MIA")


@pytest.mark.parametrize(
    ("bgm", "function", "qualifier", "found"),
    [
        ("BGM+745'", "745", None, []),
        ("BGM+250+C'", "250", "C", []),
        ("BGM+745+CLOB'", "745", "CLOB", []),
        ("BGM+10+LOCKKH04103101+4'", "10", None, ["QUALIFIER_UNKNOWN"]),
        ("", None, None, ["BGM_MISSING"]),
        ("BGM'", None, None, ["ELEMENT_MISSING", "BGM_MISSING"]),
        ("BGM+'", None, None, []),
    ],
)
def test_function_and_qualifier_are_codes(
    bgm: str, function: str | None, qualifier: str | None, found: list[str]
) -> None:
    message = paxlst("", bgm=bgm)
    assert (message.function, message.qualifier, codes(message)) == (function, qualifier, found)


def test_crew_are_counted_where_passengers_are_not() -> None:
    assert paxlst("CNT+41:6'").expected_travellers == 6
    assert paxlst("CNT+41+6'").expected_travellers == 6
    assert paxlst("CNT+42:160'CNT+41:6'").expected_travellers == 160
    assert paxlst("CNT+41:6'CNT+42:160'").expected_travellers == 160
    assert paxlst("CNT+99:1'").expected_travellers is None


def test_without_a_date_of_the_message_the_flights_own_tells_the_century() -> None:
    data = paxlst_bytes("NAD+FL+++PEREZ:ANA'DTM+329:261123'").replace(b"+261122:1200+", b"++")
    assert str(only(data).travellers[0].birth_date) == "1926-11-23"
    data = delivery("BGM+745'NAD+FL+++PEREZ:ANA'DTM+329:880229'", "PAXLST:D:05B").replace(b"+261122:1200+", b"+NODATE+")
    message = only(data)
    assert message.travellers[0].birth_date is None
    assert codes(message) == ["BIRTH_CENTURY_UNKNOWN"]


def test_free_text_with_sensitive_words_is_withheld_and_its_bytes_are_told() -> None:
    data = paxlst_bytes("NAD+FL+++PEREZ:ANA'FTX+AAI+++NEEDS A WHEELCHAIR'FTX+AAI+++WINDOW SEAT'")
    message = only(data)
    assert message.withheld.free_text == 1
    assert [data[span.start : span.end] for span in message.sensitive] == [b"AAI+++NEEDS A WHEELCHAIR"]


def test_a_clerical_title_is_dropped_and_its_bytes_are_told() -> None:
    data = paxlst_bytes("NAD+FL+++PEREZ:JUAN REV'NAD+FL++RUIZ:RABBI LEV'")
    message = only(data)
    assert [(each.surname, each.given_names, each.title) for each in message.travellers] == [
        ("PEREZ", "JUAN", None),
        ("RUIZ", "LEV", None),
    ]
    assert message.withheld.free_text == 2
    assert [data[span.start : span.end] for span in message.sensitive] == [b"REV", b"RABBI"]


def test_a_documents_date_before_any_document_is_told_and_kept_nowhere() -> None:
    message = paxlst("NAD+FL+++EJEMPLO:ANA'DTM+36:261122:102'DOC+P+A1'CNT+42:1'")
    [traveller] = message.travellers
    assert [each.expiry for each in traveller.documents] == [None]
    assert codes(message) == ["DATE_FORMAT_MISMATCH"]


def test_a_german_is_of_one_state_by_whichever_of_its_codes() -> None:
    for code in ("D", "DE", "DEU"):
        (traveller,) = paxlst(f"NAD+FL+++MUSTERFRAU:ERIKA'NAT+2+{code}'DOC+P+C01X00T47'LOC+91+{code}'").travellers
        assert (traveller.nationality, traveller.documents[0].issuer) == ("DEU", "DEU")


def test_contacts_that_are_repeated_by_the_sign_that_una_declares_are_all_read() -> None:
    sent = b"UNA:+.?*'" + paxlst_bytes("NAD+FL+++PEREZ:ANA'COM+50322220000:TE*A?*B@EXAMPLE.COM:EM+C*D@EXAMPLE.COM:EM'")
    contacts = ["50322220000", "A*B@EXAMPLE.COM", "C*D@EXAMPLE.COM"]
    assert [each.value for each in only(sent).travellers[0].contacts] == contacts
