"""Plain travellers are read by one pattern, and exactly as those who are divided segment by segment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.unit.edifact.strategies import service_characters
from tests.unit.messages.test_golden import GOLDEN
from tests.unit.messages.written import codes, delivery, only, paxlst, paxlst_bytes
from torogoz.domain.manifest import Message
from torogoz.domain.traveller import CrewRole
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import STANDARD, ServiceCharacters
from torogoz.edifact.writer import Segment, advice, compose
from torogoz.messages import read
from torogoz.messages.plain import PlainRun, plain_runs

DAY = date(2026, 11, 22)
WHOLE = """NAD+FL+++EJEMPLO PRUEBA:ANA:SINTETICA'ATT+2++F'DTM+329:19880229:102'MEA+CT++:2'MEA+WT++KGM:20'
FTX+BAG+++X1123456'FTX+BAG+++X1123457:2'LOC+22+SAL'LOC+178+MIA'LOC+179+SAL'LOC+174+SLV'LOC+180+GBR:::LONDON'
EMP+1+CR3:110:111'GEI+4+173'RFF+AEA:GOV77'RFF+YZY:9991234567890C1'COM+?+50322223333:TE'
COM+ANA@EXAMPLE.ORG:EM'NAT+2+SLV'RFF+AVF:X7K2PQ'RFF+ABO:0001'RFF+SEA:012A'RFF+CR:X1445566'DOC+P:110:111+A01234567'
DTM+36:300501'LOC+91+SLV'DOC+V+B7654321'LOC+91+USA'DTM+36:280501:101'DTM+182:20250501:102'"""
OTHER = "NAD+FM+++MUESTRA-LEJANO:BETO MR'ATT+2++M'NAT+2+GTM'DOC+P:110:111+Z9'"


def runs(data: bytes, limits: Limits = DEFAULT) -> list[PlainRun]:
    [raw] = messages(data, limits)
    return plain_runs(raw, DAY, limits)


def plain(data: bytes, limits: Limits = DEFAULT) -> int:
    """How many travellers are read plainly."""
    return sum(len(run.travellers) for run in runs(data, limits))


def sorted_origins(message: Message) -> Message:
    """The same message with the origins of everybody in one order."""
    people = [
        structs.replace(one, origins=tuple(sorted(one.origins, key=lambda each: (each.start, each.end, each.field))))
        for one in message.travellers
    ]
    return replace(message, travellers=tuple(people))


def both_ways(data: bytes, limits: Limits = DEFAULT) -> tuple[list[Message], list[Message]]:
    """What is read with plain travellers and without, under service characters of every kind."""
    with patch("torogoz.messages.plain._WORTH_IT", 0):
        with_plain = [sorted_origins(message) for message in read(data, limits)]
    with patch("torogoz.messages.delivery.plain_runs", lambda *_: []):
        return with_plain, [sorted_origins(message) for message in read(data, limits)]


def test_everything_of_a_plain_traveller_is_read() -> None:
    data = paxlst_bytes(WHOLE + OTHER + "CNT+42:2'")
    assert plain(data) == 2
    one, other = both_ways(data)
    assert one == other
    [ana, beto] = one[0].travellers
    assert (ana.surname, ana.given_names, str(ana.birth_date)) == ("EJEMPLO PRUEBA", "ANA SINTETICA", "1988-02-29")
    assert [contact.value for contact in ana.contacts] == ["+50322223333", "ANA@EXAMPLE.ORG"]
    assert [document.number for document in ana.documents] == ["A01234567", "B7654321"]
    assert ana.bags is not None
    assert ana.bags.tags == ("X1123456", "X1123457", "X1123458")
    assert (ana.seat, beto.title) == ("12A", "MR")
    assert (ana.crew_role, ana.verified, ana.birth_country) == (CrewRole.OPERATIONS_MANAGER, True, "GBR")
    assert (ana.journey_start, ana.journey_end, ana.clearance_airport) == ("MIA", "SAL", "SAL")
    assert (ana.government_reference, ana.ticket) == ("GOV77", "9991234567890C1")
    assert ana.documents[1].issued == date(2025, 5, 1)


def test_a_name_with_a_released_character_is_plain() -> None:
    data = paxlst_bytes("NAD+FL+++O?'HARA DE?+LA?+CRUZ:ANA?:MARIA MRS'NAD+DDU+++D?'ARCO?'")
    assert plain(data) == 1
    one, other = both_ways(data)
    assert one == other
    [ana, *_] = one[0].travellers
    assert (ana.surname, ana.given_names, ana.title) == ("O'HARA DE+LA+CRUZ", "ANA:MARIA", "MRS")


def test_a_plain_traveller_knows_the_bytes_of_each_value() -> None:
    data = paxlst_bytes(OTHER + WHOLE + OTHER)
    ana = only(data).travellers[1]
    found = [(origin.field, data[origin.start : origin.end].decode()) for origin in ana.origins]
    assert ("given_names", "NAD+FL+++EJEMPLO PRUEBA:ANA:SINTETICA") in found
    assert ("contacts", "COM+?+50322223333:TE") in found
    assert [text for field, text in found if field == "documents"] == [
        "DOC+P:110:111+A01234567", "DTM+36:300501", "LOC+91+SLV", "DOC+V+B7654321", "LOC+91+USA", "DTM+36:280501:101",
        "DTM+182:20250501:102",
    ]  # fmt: skip


@given(st.permutations(WHOLE.replace("\n", "").removesuffix("'").split("'")[1:-7]))
def test_in_any_order_of_segments_a_traveller_is_plain(order: list[str]) -> None:
    segments = WHOLE.replace("\n", "").removesuffix("'").split("'")
    data = paxlst_bytes("'".join([segments[0], *order, *segments[-7:]]) + "'CNT+42:1'")
    assert plain(data) == 1
    one, other = both_ways(data)
    assert one == other


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "service",
    [STANDARD, ServiceCharacters(element="*", terminator="$"), ServiceCharacters(element="(", terminator=")")],
)
def test_a_sender_may_divide_by_other_signs_and_end_lines(service: ServiceCharacters, line_end: str) -> None:
    person: list[Segment] = [
        ("NAD", "FL", "", "", ("EJEMPLO PRUEBA", "ANA")), ("RFF", ("SEA", "12A")), ("COM", ("22(223) 33", "TE")),
        ("DOC", ("P", "110", "111"), "A0123"), ("LOC", "91", "SLV"),
    ]  # fmt: skip
    data = manifest([("BGM", "745"), *person * 400], service, line_end)
    assert plain(data) == 400
    one, other = both_ways(data)
    assert one == other


def test_for_uncommon_service_characters_a_short_message_is_divided() -> None:
    service = ServiceCharacters(element="*", terminator="$")
    data = manifest([("BGM", "745"), ("NAD", "FL", "", "", ("PEREZ", "ANA"))], service)
    assert plain(data) == 0
    assert [one.surname for one in only(data).travellers] == ["PEREZ"]


@pytest.mark.parametrize(
    "odd",
    [
        "NAD+FL+++PEREZ:ANA'NAT+2+QQQ'",
        "NAD+FL+++PEREZ:ANA'LOC+174+QQQ'",
        "NAD+FL+++PEREZ:ANA'DTM+329:881332'",
        "NAD+FL+++PEREZ:ANA'DTM+329:890229'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'DTM+36:300230'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'LOC+91+QQQ'",
        "NAD+FL+++PEREZ:ANA'LOC+91+SLV'",
        "NAD+FL+++PEREZ:ANA'DTM+36:300501'DOC+P+A1'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'DOC+P+A2'DOC+P+A3'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'LOC+91+SLV'LOC+91+USA'",
        "NAD+FL+++PEREZ:ANA'ATT+2++F'ATT+2++M'",
        "NAD+FL+++PEREZ:JUAN REV'",
        "NAD+FL+++FNU'",
        "NAD+FL+++ '",
        "NAD+FL+++PEREZ:ANA '",
        "NAD+FL+++PEREZ:ANA'LOC+180+:::LONDON '",
        "NAD+FL+++A:B:C:D:E:F:G'",
        "NAD+FL+++PEREZ:ANA+CALLE UNO'",
        "NAD+QQ+++PEREZ:ANA'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'GEI+4+173'",
        "NAD+FL+++PEREZ:ANA'GEI+4+ZZZ'",
        "NAD+FM+++PEREZ:ANA'EMP+1+CR9'",
        "NAD+FL+++PEREZ:ANA'NAT+2+SLV'NAT+2+ESP'",
        "NAD+FL+++PEREZ:ANA'DTM+329:19880229:101'",
        "NAD+FL+++PEREZ:ANA'DTM+329:1988-02-29:102'",
        "NAD+FL+++PEREZ:ANA'DTM+329:1988-02-29'",
        "NAD+FL+++PEREZ:ANA'DTM+329:02/03/1988:102'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'DTM+36:2030-05-01:102'",
        "NAD+FL+++PEREZ:ANA'LOC+178+LOND'",
        "NAD+FL+++PEREZ:ANA'LOC+180+SLV'",
        "NAD+FL+++PEREZ:ANA'FTX+BAG+++WHEELCHAIR'",
        "NAD+FL+++PEREZ:ANA'DOC+P+A1'LOC+91+SLV:::SANTA ANA'",
        "NAD+FL+++PEREZ:ANA'FTX+AAI+++NEEDS A WHEELCHAIR'",
        "NAD+FL+++PEREZ:ANA'FTX+AAI+++NAD+FL+++RUIZ:EVA'",
        "NAD+FL+++PEREZ:ANA'FTX+BAG+++NULL'",
        "NAD+FL+++PEREZ:ANA'COM+1:FX'",
        "NAD+FL+++PEREZ:ANA'RFF+SEA:000A'",
        "NAD+FL+++PEREZ:ANA'QQQ+1'",
        "NAD+FL+++PEREZ:ANA'TDT+20+X1311'",
        "NAD+FL+++PEREZ:ANA'CNT+42:1'COM+1:TE'",
    ],
)
def test_who_is_odd_is_read_as_ever_among_those_who_are_plain(odd: str) -> None:
    data = paxlst_bytes(OTHER + odd + OTHER + "CNT+42:3'")
    one, other = both_ways(data)
    assert one == other
    assert plain(data) == 2


def test_the_places_of_findings_around_plain_travellers_are_those_of_the_bytes() -> None:
    data = paxlst_bytes(f"{OTHER * 3}QQQ+1'{OTHER * 2}NAT+2+QQQ'{OTHER}")
    message = only(data)
    assert codes(message) == ["SEGMENT_UNKNOWN", "COUNTRY_UNKNOWN"]
    assert [data[finding.position or 0 :][:7] for finding in message.findings] == [b"QQQ+1'N", b"NAT+2+Q"]
    assert len(message.travellers) == 6


def test_a_wrong_count_of_segments_is_noticed_among_plain_travellers() -> None:
    assert codes(paxlst(OTHER * 5)) == []
    assert codes(only(paxlst_bytes(OTHER * 5).replace(b"UNT+", b"UNT+1"))) == ["COUNT_MISMATCH"]


def test_plain_or_not_a_message_is_known_again() -> None:
    data = paxlst_bytes(WHOLE + OTHER)
    wrapped = b"\r\n".join(data[start : start + 64] for start in range(0, len(data), 64))
    lines = data.replace(b"'", b"'\r\n").replace(b"?'\r\n", b"?'")
    assert only(data).content == only(wrapped).content == only(lines).content
    with patch("torogoz.messages.delivery.plain_runs", lambda *_: []):
        assert only(data).content == only(wrapped).content == only(lines).content


def test_what_is_no_manifest_of_a_known_day_has_no_plain_travellers() -> None:
    assert runs(delivery(WHOLE, "PNRGOV:13:1:IA")) == []
    assert runs(delivery(WHOLE, "INVOIC:PAXLST:1")) == []
    undated = paxlst_bytes(WHOLE).replace(b"+261122:1200+", b"+NODATE+")
    one, other = both_ways(undated)
    assert one == other
    assert [traveller.surname for traveller in one[0].travellers] == ["EJEMPLO PRUEBA"]


@pytest.mark.parametrize(
    "limits",
    [replace(DEFAULT, segments=20), replace(DEFAULT, segment_length=60), replace(DEFAULT, elements=10)],
)
def test_what_lies_beyond_a_limit_is_left_out_as_ever(limits: Limits) -> None:
    data = paxlst_bytes(OTHER * 20)
    assert plain(data, limits) == 0
    one, other = both_ways(data, limits)
    assert one == other


def manifest(body: list[Segment], service: ServiceCharacters, line_end: str = "", preparation: str = "261122") -> bytes:
    """A delivery of one passenger list."""
    segments: list[Segment] = [
        ("UNB", ("UNOA", "4"), ("X1", "ZZ"), ("SVAPIS", "ZZ"), (preparation, "1200"), "1"),
        ("UNH", "1", ("PAXLST", "D", "05B", "UN", "IATA"), "X1310"),
        *body,
        ("UNT", str(len(body) + 2), "1"),
        ("UNZ", "1", "1"),
    ]
    return (advice(service) + compose(segments, service, line_end)).encode("latin-1")


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_with_and_without_the_pattern_every_golden_file_is_the_same(path: Path) -> None:
    one, other = both_ways(path.read_bytes())
    assert one == other


def test_with_and_without_the_pattern_every_sample_is_the_same(samples: Path) -> None:
    for path in samples.glob("*/*.edi"):
        one, other = both_ways(path.read_bytes())
        assert one == other, path.name


WORDS = st.sampled_from(
    [
        "PEREZ",
        "Ana",
        "EJEMPLO PRUEBA",
        "MUESTRA-LEJANO",
        "O'BRIEN",
        "NÚÑEZ",
        "MR",
        "ANA MRS",
        "REV",
        "FNU",
        "",
        " ",
        "X Y",
    ]
)
STATES = st.sampled_from(["SLV", "GTM", "SV", "D", "QQQ", "slv", ""])
DATES = st.sampled_from(["880229", "890229", "261122", "261123", "300501", "19880229", "881300", "880200", "ABC"])
BODIES = st.sampled_from(
    ["1", "20", "X1123456", "012A", "A01234567", "+503 2222-3333", "ANA@EXAMPLE.ORG", "NULL", "", " A"]
)
SEGMENTS = st.one_of(
    st.tuples(st.just("ATT"), st.just("2"), st.just(""), st.sampled_from("FMXUQ")),
    st.tuples(st.just("DTM"), st.tuples(st.sampled_from(["329", "36", "182", "7"]), DATES)),
    st.tuples(
        st.just("DTM"),
        st.tuples(st.sampled_from(["329", "36", "182"]), DATES, st.sampled_from(["101", "102", "2", "999"])),
    ),
    st.tuples(st.just("MEA"), st.just("CT"), st.just(""), st.tuples(st.just(""), BODIES)),
    st.tuples(st.just("MEA"), st.just("WT"), st.just(""), st.tuples(st.sampled_from(["KGM", "LBR"]), BODIES)),
    st.tuples(st.just("FTX"), st.just("BAG"), st.just(""), st.just(""), BODIES | st.tuples(BODIES, st.just("2"))),
    st.tuples(st.just("FTX"), st.just("AAI"), st.just(""), st.just(""), st.sampled_from(["WHEELCHAIR", "WINDOW"])),
    st.tuples(st.just("LOC"), st.sampled_from(["22", "178", "179", "174", "91", "7"]), STATES),
    st.tuples(st.just("LOC"), st.just("91"), st.tuples(STATES, st.just(""), st.just(""), WORDS)),
    st.tuples(st.just("LOC"), st.just("180"), st.tuples(STATES, st.just(""), st.just(""), WORDS)),
    st.tuples(st.just("COM"), st.tuples(BODIES, st.sampled_from(["TE", "EM", "FX"]))),
    st.tuples(st.just("NAT"), st.sampled_from("21"), STATES),
    st.tuples(st.just("RFF"), st.tuples(st.sampled_from(["AVF", "ABO", "SEA", "CR", "YZY", "AEA"]), BODIES)),
    st.tuples(st.just("DOC"), st.just("P") | st.just(("P", "110", "111")), BODIES),
    st.tuples(st.just("EMP"), st.just("1"), st.just(("CR1", "110", "111")) | st.sampled_from(["CR5", "CR9", ""])),
    st.tuples(st.sampled_from(["GEI", "GIS"]), st.just("4"), st.sampled_from(["173", "174", "ZZZ"])),
    st.sampled_from([("QQQ", "1"), ("ATT ", "2", "", "F"), ("GIS", "173"), ("TDT", "20", "X1311"), ("CNT", "42")]),
    st.just(("CNT", ("42", "1"))),
)
PEOPLE = st.builds(
    lambda role, names, segments: [("NAD", role, "", "", names), *segments],
    st.sampled_from(["FL", "FL", "FM", "DDT", "DDU", "MS", "QQ"]),
    st.tuples(WORDS, WORDS) | st.tuples(WORDS, WORDS, WORDS) | WORDS,
    st.lists(SEGMENTS, max_size=8),
)
PLAIN_PEOPLE = st.just(
    [("NAD", "FL", "", "", ("PEREZ", "ANA")), ("ATT", "2", "", "F"), ("NAT", "2", "SLV"), ("DOC", "P", "A0123")]
)
LISTS = st.lists(PEOPLE | PLAIN_PEOPLE, max_size=6).map(lambda people: [one for person in people for one in person])
LEG: list[Segment] = [("BGM", "745"), ("TDT", "20", "X1310"), ("LOC", "125", "MIA"), ("DTM", ("189", "2611220945"))]


@given(
    LISTS,
    st.just(STANDARD) | service_characters(),
    st.sampled_from(["", "\n", "\r\n"]),
    st.sampled_from(["261122", "NODATE"]),
    st.sampled_from(
        [DEFAULT, replace(DEFAULT, segments=12), replace(DEFAULT, elements=6), replace(DEFAULT, findings=1)]
    ),
)
def test_with_and_without_the_pattern_everything_is_the_same(
    body: list[Segment], service: ServiceCharacters, line_end: str, preparation: str, limits: Limits
) -> None:
    one, other = both_ways(manifest([*LEG, *body], service, line_end, preparation), limits)
    assert one == other


@given(st.sampled_from(["", "\r\n"]), st.data())
def test_with_and_without_the_pattern_a_mutated_message_is_the_same(line_end: str, draw: st.DataObject) -> None:
    mutated = bytearray(
        paxlst_bytes((WHOLE + OTHER * 2 + WHOLE).replace("\n", "")).replace(b"'N", f"'{line_end}N".encode())
    )
    for _ in range(draw.draw(st.integers(1, 6))):
        place = draw.draw(st.integers(0, len(mutated)))
        match draw.draw(st.sampled_from(["insert", "delete", "copy", "sign"])):
            case "insert":
                mutated[place:place] = draw.draw(
                    st.sampled_from(
                        [b"'", b"+", b":", b"?", b"\n", b" ", b"\xc3\x91", b"UNT+1'", b"NAD+FL+++", b"CNT+42'"]
                    )
                )
            case "delete":
                del mutated[place : place + draw.draw(st.integers(1, 40))]
            case "copy":
                start = draw.draw(st.integers(0, len(mutated)))
                mutated[place:place] = mutated[start : start + draw.draw(st.integers(1, 200))]
            case _:
                mutated[place : place + 1] = draw.draw(st.binary(min_size=1, max_size=1))
    one, other = both_ways(bytes(mutated))
    assert one == other
