"""How complete and plausible a message is, and what is said of one that is tried: counts, and no value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from torogoz.messages import read
from torogoz.messages.quality import ELEMENTS, Quality, quality
from torogoz.messages.verdict import MOST_MESSAGES, tried

HEAD = (
    "UNB+UNOA:4+X1:ZZ+ZZ:ZZ+261122:1800+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+X1570'LOC+125+LAX'"
    "DTM+189:2611221400:201'LOC+87+SAL'DTM+232:2611222105:201'"
)
WHOLE = (
    "NAD+FL+++EJEMPLO PRUEBA:ANA'ATT+2++F'DTM+329:880229'MEA+CT++:1'FTX+BAG+++X1000001'NAT+2+SLV'RFF+AVF:X7K2PQ'"
    "RFF+SEA:12A'DOC+P:110:111+A01234567'{flag}DTM+36:300501'LOC+91+SLV'"
)
#: A sex that is not told, a birth date in the future, an expired document, an issuer that there is not.
ODD = "NAD+FL+++FICTICIO'ATT+2++U'DTM+329:20301231:102'NAT+2+SLV'DOC+P:110:111+B7'DTM+36:200101'LOC+91+QQQ'"
BARE = "NAD+FL+++FICTICIO:BETO'"


def message(*people: str) -> bytes:
    body = "".join(people)
    return f"{HEAD}{body}CNT+42:{len(people)}'UNT+{HEAD.count(chr(39)) + body.count(chr(39)) + 1}+1'UNZ+1+1'".encode()


def counted(*people: str) -> Quality:
    return quality(next(read(message(*people))))


def test_of_a_whole_traveller_every_element_is_there_and_can_be_right() -> None:
    """LR-10."""
    assert counted(WHOLE.format(flag="")) == Quality(1, dict.fromkeys(ELEMENTS, (1, 1)), 0, 0)


def test_what_is_missing_is_not_there_and_what_cannot_be_is_there_and_not_right() -> None:
    bare, odd = counted(BARE).elements, counted(ODD).elements
    assert {name for name, told in bare.items() if told != (0, 0)} == {"surname", "given_names"}
    assert odd["surname"] == (1, 1)
    assert odd["given_names"] == (0, 0), "a single name lacks nothing that there is"
    for name in ("sex", "birth_date", "document_expiry", "document_issuer", "document_number"):
        assert odd[name] == (1, 0), name


def test_whether_documents_were_read_by_a_machine_or_typed_is_counted_where_it_is_told() -> None:
    """LR-09: messages with and without the flag score differently."""
    scanned, typed = WHOLE.format(flag="GEI+4+173'"), WHOLE.format(flag="GEI+4+174'")
    found = counted(scanned, scanned, typed, WHOLE.format(flag="GEI+4+ZZZ'"), WHOLE.format(flag=""))
    assert (found.scanned, found.typed) == (2, 1)


def test_a_flag_of_the_person_counts_for_their_document_and_none_where_there_is_no_document() -> None:
    """LR-09."""
    flagged = WHOLE.format(flag="").replace("DOC+P", "GEI+4+173'DOC+P")
    found = counted(flagged, BARE + "GEI+4+174'", WHOLE.format(flag="GEI+173'"))
    assert (found.scanned, found.typed) == (2, 0)


ZONE = ("P<SLVEJEMPLO<PRUEBA<<ANA".ljust(44, "<"), "A01234567<SLV8802291F3005012".ljust(43, "<") + "0")


def test_a_document_that_came_as_a_zone_was_read_by_a_machine_and_in_such_a_table_the_others_were_typed() -> None:
    """LR-09."""
    head = "mode,carrier,number,departure_airport,arrival_airport,departure,surname,document_number,mrz,mrz_2\n"
    journey = "air,X1,570,LAX,SAL,2026-11-22 14:00"
    rows = (
        f"{journey},,,{ZONE[0]},{ZONE[1]}",
        ",,,,,,FICTICIO,B7654321,,",
        ",,,,,,INVENTADA,,,",
    )
    (table,) = read((head + "\n".join(rows)).encode())
    assert [each.surname for each in table.travellers] == ["EJEMPLO PRUEBA", "FICTICIO", "INVENTADA"]
    found = quality(table)
    assert (found.scanned, found.typed) == (1, 1)
    typed = quality(next(read((head + f"{journey},FICTICIO,B7654321,,").encode())))
    assert (typed.scanned, typed.typed) == (0, 0), "a table without zones does not tell"
    (zones,) = read("\n".join(ZONE).encode())
    assert (quality(zones).scanned, quality(zones).typed) == (1, 0)


@given(st.lists(st.sampled_from([WHOLE.format(flag=""), ODD, BARE]), max_size=12))
def test_no_more_can_be_right_than_are_there_and_no_more_are_there_than_travel(people: list[str]) -> None:
    found = counted(*people)
    assert found.travellers == len(people)
    for present, valid in found.elements.values():
        assert valid <= present <= len(people)


def test_a_message_in_order_is_said_to_be_and_a_deviation_has_its_line_and_column() -> None:
    (fine,) = tried(message(WHOLE.format(flag="")))
    assert (fine.readable, fine.clean, fine.flights, fine.expected) == (True, True, 1, 1)
    (odd,) = tried(message(ODD.replace("DTM+36:200101", "DTM+36:200231")).replace(b"'", b"'\n"))
    placed = [each for each in odd.findings if each.finding.code == "DATE_UNREADABLE"]
    assert [(each.line, each.column) for each in placed] == [(HEAD.count("'") + 6, 1)]
    assert (odd.readable, odd.clean) == (True, False)


def test_a_list_of_no_flight_is_told_why_it_would_not_be_read_and_an_answer_needs_none() -> None:
    nowhere = HEAD[: HEAD.index("TDT+")]
    (lost,) = tried(f"{nowhere}{BARE}UNT+4+1'UNZ+1+1'".encode())
    assert (lost.readable, lost.findings[0].finding.code) == (False, "FLIGHT_UNKNOWN")
    answer = "UNB+UNOA:4+X1:ZZ+ZZ:ZZ+261122:1800+1'UNH+1+CONTRL:D:3:UN'UCI+1+A+B+8'UNT+3+1'UNZ+1+1'"
    (said,) = tried(answer.encode())
    assert said.readable
    assert all(each.finding.code != "FLIGHT_UNKNOWN" for each in said.findings)


@given(st.binary(max_size=300))
def test_whatever_is_tried_gets_an_answer_whose_places_lie_in_it(data: bytes) -> None:
    answers = tried(data)
    assert answers
    for placed in (found for each in answers for found in each.findings):
        assert placed.line is None or 1 <= placed.line <= data.count(b"\n") + 1
        assert placed.column is None or 1 <= placed.column <= len(data) + 1


def test_of_many_messages_the_first_are_answered() -> None:
    assert len(tried(message(BARE) * (MOST_MESSAGES + 3))) == MOST_MESSAGES


def test_an_answer_names_no_traveller() -> None:
    told = repr(tried(message(WHOLE.format(flag=""), ODD)))
    for value in ("EJEMPLO", "ANA", "A01234567", "X7K2PQ", "1988", "880229", "FICTICIO"):
        assert value not in told
