"""Plain bookings are read by patterns, and exactly as those that are divided segment by segment."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.unit.messages.written import PUSHED, delivery, only, pnrgov_bytes
from torogoz.bench.pushes import push
from torogoz.domain.finding import Origin
from torogoz.domain.manifest import ByteSpan, Message
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import ServiceCharacters
from torogoz.edifact.writer import compose
from torogoz.messages import read
from torogoz.messages.pnrgov.plain import plain_bookings
from torogoz.messages.sensitive import contains_sensitive, may_be_sensitive
from torogoz.messages.sensitive_table import DEFAULT as SHIPPED

GOLDEN = sorted((Path(__file__).parents[2] / "golden" / "pnrgov").glob("*.edi"))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TVL = PUSHED.rstrip("'")
DOCS = "SSR+DOCS:HK:1:X1:::::/P/SLV/A01234567/SLV/29FEB88/F/01MAY30/PEREZ/ANA'"
HEAD = (
    "SRC'RCI+X1:AB12CD::011126:1022'SSR+KSML:HK:1:X1'DAT+700:211126:1450+710:011126'IFT+4:28::X1+CTCM ?+50322223333'"
    "IFT+4:28::X1+CTCE ANA..PEREZ//EXAMPLE.ORG'ORG+X1:MUC+99000000:SALX1+SAL++T+SV:USD+GS'"
    "ADD++700:12 CALLE UNO:SANTA ANA:::SV:0101:50322224444'EBD+USD:40.00+2::N'"
)
ANA = (
    f"TIF+PEREZ:I+ANAMS:A:1'FTI+X1:445566:::G'IFT+4:28::X1+CTCM 50322225555'REF+:0001'FAR+N+++++Y'{DOCS}"
    "TKT+9991234567890:T:1'MON+B:250.00:USD+T:300.52:USD'PTK+NR++011126:1010+X1+999+SAL'TXD++3.10:::AY6'"
    "DAT+710:011126:1030'FOP+CC:::VI:4111XXXXXXXX1111:1229'IFT+4:43+EVA PAGADORA+12 CALLE DEL VOLCAN+50322226666'"
)
LUIS = "TIF+PEREZ+LUISMR:A:2'REF+:0002'"
FLIGHTS = (
    f"{TVL}:Y'RPI+2+HK'APD+320'SSR+WCHR:HK:1:X1:::MIA:SAL+::1'SSR+SEAT:HK:2:X1:::MIA:SAL+11A::1+11B::2'RCI+X1:AB12CD'"
    "DAT+2:221126:0800'ORG+X1++++A'TRI++MIA-001:::1'TIF+PEREZ:I+ANAMS:A:1'SSD+012A++++Y'"
    "TBD++2:44:700++HP:MIA-001+X1:123456:2:SAL'TRI++MIA-002:::2'SSD+XXX'"
    "TVL+291126:1230:291126:1605+SAL+MIA+X7:X1+311:Y'RPI+2+HK'TVL+++++777:Y'"
)
LINES = "LTS+0/O/NM/PEREZ/ANA MS'LTS+1/Z/X1 RM 011022'"
HISTORY = "ABI+1+:SALX1+SAL++X1'DAT+ZT:071126:1010'SAC+++X'TIF+PERES+ANAMS:A:1'SAC+++A'SSR+KSML:HK:1:X1'"
WHOLE = HEAD + ANA + LUIS + FLIGHTS + LINES


def runs(data: bytes, limits: Limits = DEFAULT) -> int:
    """How many bookings are read plainly."""
    return sum(len(run.bookings) for raw in messages(data, limits) for run in plain_bookings(raw, NOON, limits))


def _sorted(message: Message) -> Message:
    """The same message with origins and withheld bytes in one order."""

    def by_place(origins: object) -> tuple[Origin, ...]:
        return tuple(sorted(origins, key=lambda each: (each.start, each.end, each.field)))  # type: ignore[call-overload]

    def of_span(span: ByteSpan) -> int:
        return span.start

    return replace(
        message,
        travellers=tuple(structs.replace(one, origins=by_place(one.origins)) for one in message.travellers),
        bookings=tuple(structs.replace(one, origins=by_place(one.origins)) for one in message.bookings),
        sensitive=tuple(sorted(message.sensitive, key=of_span)),
    )


def both_ways(data: bytes, limits: Limits = DEFAULT) -> tuple[list[Message], list[Message]]:
    """What is read with plain bookings and without."""
    with_plain = [_sorted(message) for message in read(data, limits)]
    with patch("torogoz.messages.delivery.plain_bookings", lambda *_: []):
        return with_plain, [_sorted(message) for message in read(data, limits)]


def pushed(seed: int, seats: int, line_end: str) -> bytes:
    """A push as the benchmark reads it."""
    body = compose(push(Random(seed), seats), ServiceCharacters()).replace("'", f"'{line_end}")
    return delivery("", "PNRGOV:13:1:IA").replace(b"UNT", body.encode() + b"UNT")


def test_everything_of_a_plain_booking_is_read() -> None:
    data = pnrgov_bytes(WHOLE)
    assert runs(data) == 1
    one, other = both_ways(data)
    assert one == other
    message = one[0]
    assert message.withheld.ssr == 2
    assert [data[span.start : span.end] for span in message.sensitive] == [
        b"KSML:HK:1:X1",
        b"WCHR:HK:1:X1:::MIA:SAL+::1",
    ]
    [booking] = message.bookings
    assert len(booking.contacts) == 6
    assert [ticket.traveller for ticket in booking.tickets] == [0]
    assert [str(leg.designator) for leg in booking.itinerary] == ["X1310", "X7311"]
    assert [(one.seat, one.checked_in) for one in message.travellers] == [("12A", True), ("11B", True)]


@pytest.mark.parametrize(
    "thin",
    [
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TKT+9991234567890:T:1'PTK+NR++011126:1010'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TVL+:::+SAL+GUA++ARNK'RPI+1+HK'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+'TVL+:::+MIA+SAL+X1+310'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:C'TKT+9991234567890:T:1'FOP+CA'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TKT+9991234567890:T:1'FOP+CC::1.00:VI:4111:9999'IFT+4:43+ ++NONE'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TKT+9991234567890:T:1'MON+B:1:USD+T:2:USD'FOP+MS'IFT+4:43+EVA+CALLE'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TKT+9991234567890:T:1'FOP+CA'IFT+4:43+EVA++50322226666'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TKT+9991234567890:T:1'FOP+CA'IFT+4:43+EVA+ +50322226666'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'TKT+9991234567890:T:1'FOP+CA'IFT+4:43+EVA'",
        "SRC'RCI+X1:AB12CD'ADD++700'ADD++700:::::::NONE'TIF+PEREZ+ANA:A:1'SSR+DOCS:HK:1:X1:::::////SLV/29FEB88/F//PEREZ/ANA'",
        f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'{TVL}'TRI++1:::9'SSD+1A'DAT'TRI++:::1'TIF+PEREZ+ANA'SSD+++++Y'TBD++1'",
        f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANAMS:A:1'{TVL}'SSR+SEAT:HK:1:X1:::MIA:SAL+2A::1'TRI++1:::1'TIF+PEREZ+ANA'SSD+1A'",
        f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'{TVL}'SSR+SEAT:HK:1:X1:::MIA:SAL+XXX::1+2A::9'",
        "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'EQN+1'RCI+X1:ZZ99ZZ'LTS+X'MSG+8'TVL+221126+SAL:HOTEL'",
        f"SRC'RCI+X1:AB12CD'DAT+700:211126:1450+710:011126:0930'TIF+PEREZ+ANA:A:1'TIF+PEREZ+EVA:C:2'{TVL}'SSR+SEAT:HK:2:X1:::MIA:SAL++012A::1+0B::2'",
        f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'{TVL}'SSR+WCHR:HK'SSR+SEAT:HK:1:X1:::MIA:SAL+2A::1'SSR+SEAT:HK:1:X1:::SAL:MIA+3A::1'",
        f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'{TVL}'TRI++1:::1'TBD++2:44:700+++X1:123456::SAL+X1:123457:1:GUA'",
        f"SRC'RCI+X1:AB12CD'SSR+OTHS:HK'TIF+PEREZ+ANA:A:1'{TVL}'SSR+PETC:HK:1:X1:::MIA:SAL:CAT 4KG IN CABIN+::1'SSR+'",
        f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA:A:1'{TVL}'TRI++1:::1'TBD++2:44:700++MP:X-1+X1:123456:2:SAL'",
        "SRC'RCI+X1:AB12CD'IFT+4:28::X1+CTCM 50322223333'IFT+4:28::X1+CTCH 50322223333'TIF+PEREZ+ANA:A:1'",
        "SRC'RCI+X1:AB12CD'ORG+X1 :MUC+99 0:A ?+ B+SAL'TIF+PEREZ+ANA:A:1'",
    ],
)
def test_a_plain_booking_may_leave_almost_everything_out(thin: str) -> None:
    data = pnrgov_bytes(thin + thin.replace("AB12CD", "EF34GH"))
    assert runs(data) == 2
    one, other = both_ways(data)
    assert one == other


def test_an_empty_segment_before_the_bookings_is_no_segment() -> None:
    data = pnrgov_bytes(WHOLE, head=f"MSG+:22''{PUSHED}EQN+1'")
    assert runs(data) == 1
    one, other = both_ways(data)
    assert one == other


@pytest.mark.parametrize(
    ("history", "changes"),
    [
        ("ABI+1+:SALX1+SAL++X1'DAT+ZT:071126:1010'SAC+++X'TIF+PERES+ANAMS:A:1'SAC+++A'SSR+KSML:HK:1:X1'", 1),
        ("ABI+1++SAL'SAC+++A'TVL+221126:0945+MIA+SAL+X1+310'SSR+DOCS:HK:1:X1'TBD++1'IFT+4:28+X1 CALLED'LTS+9/X'", 4),
        ("SAC+++NO'SSR+OTHS'ABI+1+X1'DAT+ZT:071126:1010'SAC+++A'TBD'LTS+1'SAC+++X'TBD'", 3),
        ("SAC+++A'TVL+:::+SAL+GUA+X1+9'TIF+XXX+FNU'TIF+PEREZ:I+ANAMR:A:1:2'TBD'EQN+1'", 3),
        ("SAC+++A'SSR+PETC:HK:1:X1'SSR+OTHER'SSR+'TBD'", 2),
        # What no pattern takes is read segment by segment, and the booking stays plain.
        ("SAC+++A:1'TBD'", 1),
        ("SAC+++A'TVL+++++ARNK'TBD'", 1),
        ("SAC+++A'TIF+perez+ana'", 1),
        ("SAC+++A'IFT+4:28+MR BLIND@GAY.ORG'", 1),
        ("SAC+++A'TBD'EQN+1'RCI+X1:ZZ99ZZ'", 1),
    ],
)
@pytest.mark.parametrize("line_end", ["", "\n"])
def test_history_of_every_kind_behind_a_plain_booking_is_read_alike(history: str, changes: int, line_end: str) -> None:
    booking = (HEAD + ANA + FLIGHTS.replace("+1++HP", "") + LINES + history).replace("'", f"'{line_end}")
    data = pnrgov_bytes(booking + booking.replace("AB12CD", "EF34GH"))
    one, other = both_ways(data)
    assert one == other
    assert [len(booking.changes) for booking in one[0].bookings] == [changes, changes]
    assert runs(data) == 2


@pytest.mark.parametrize("leg", ["TVL+++++777:Y'", "TVL+:::+SAL+GUA+X1+OPEN'"])
def test_a_booking_with_an_open_leg_in_its_history_is_read_segment_by_segment_since_that_is_told(leg: str) -> None:
    data = pnrgov_bytes(f"{HEAD}{ANA}{FLIGHTS}{LINES}SAC+++A'{leg}TBD'")
    one, other = both_ways(data)
    assert one == other
    assert [each.code for each in one[0].findings].count("FLIGHT_OPEN") == 1
    assert runs(data) == 0


@pytest.mark.parametrize(
    "texts",
    [
        "IFT+4:28::X1+ctcm 50322223333'",
        "IFT+4:28::X1+CTCM 503 2222-3333'IFT+4:28::X1+CTCE ANA.PEREZ//EXAMPLE.ORG'",
        "IFT+4:28::X1+CTCE ANA.PEREZ//EXAMPLE.ORG'IFT+4:28::X1+CTC 50322223333'IFT+4:28+CTCB?+50322223333'",
        "IFT+4:28::X1+CTCE ANA..PEREZ./X//EXAMPLE.ORG+MORE'IFT+4:28::X1+CTC E ANA//EXAMPLE.ORG'",
        "IFT+4:28::X1+CTCM 50322223333+CTCM 50344445555'",
        "IFT+4:28::X1+PAX 12345678+CTCH 50322223333'IFT+4:28::X1+CTCM 12345'IFT+4:28::X1+CTCM 123456789012345678901'",
        "IFT+4:28::X1+ACTCM 50322223333'",
    ],
)
def test_contacts_are_found_however_they_are_spelled(texts: str) -> None:
    data = pnrgov_bytes(f"SRC'RCI+X1:AB12CD'{texts}TIF+PEREZ+ANA:A:1'{texts}")
    assert runs(data) == 1
    one, other = both_ways(data)
    assert one == other


def test_history_behind_a_plain_booking_is_read_segment_by_segment() -> None:
    data = pnrgov_bytes(WHOLE + HISTORY + WHOLE.replace("AB12CD", "EF34GH") + "EQN+1'RCI+X1:ZZ99ZZ'")
    assert runs(data) == 2
    one, other = both_ways(data)
    assert one == other
    assert [len(booking.changes) for booking in one[0].bookings] == [1, 0]
    assert one[0].bookings[1].split_from == "ZZ99ZZ"


@pytest.mark.parametrize(
    "odd",
    [
        HEAD.replace("011126:1022", "991326:1022"),
        HEAD.replace("CTCM ?+50322223333", "PAX IS BLIND"),
        HEAD + ANA + ANA,
        HEAD + ANA.replace("CTCM 50322225555", "PAX IS BLIND"),
        HEAD + ANA.replace("ANAMS", "JUAN REV"),
        HEAD + ANA.replace("/SLV/29FEB88", "/QQQ/29FEB88"),
        HEAD + ANA.replace("29FEB88", "31FEB88"),
        HEAD + ANA.replace("29FEB88", "1988-02-29"),
        HEAD.replace("011126:1022", "2026-11-01:1022"),
        HEAD + ANA + FLIGHTS.replace("221126:0945", "2026-11-22:0945"),
        HEAD + ANA.replace("PEREZ/ANA", "OTRO/NOMBRE") + LUIS,
        HEAD + ANA + LUIS.replace("A:2", "A:1"),
        HEAD + ANA + FLIGHTS.replace("RCI+X1:AB12CD", "RCI+X1:QQ77QQ"),
        HEAD + ANA + FLIGHTS.replace("TIF+PEREZ:I", "TIF+OTRO"),
        HEAD + ANA + FLIGHTS.replace("2:44:700", "2:HEAVY:700"),
        HEAD + ANA + FLIGHTS.replace("SSR+WCHR:HK:1:X1:::MIA:SAL", "SSR+OTHS:HK:1:X1:::MIA:SAL:PAX IS BLIND"),
        HEAD + ANA + FLIGHTS.replace("SSR+WCHR:HK:1:X1:::MIA:SAL", "SSR+UMNR:HK:1:X1:::MIA:SAL:08"),
        HEAD + ANA + FLIGHTS.replace("SSR+WCHR", "SSR+DOCO"),
        HEAD + ANA + FLIGHTS.replace("221126:0945", "991399:0945"),
        HEAD + ANA + "TVL+:::+SAL+GUA++ARNK'TVL+++++777:Y'",
        HEAD + ANA + "TVL+:::+SAL+GUA+X1+OPEN'",
        HEAD
        + ANA
        + LUIS.replace("A:2", "IN:2").replace("REF", "SSR+DOCS:HK:1:X1:::::///A1//29FEB26/FI//PEREZ/LUZ'REF"),
        HEAD + ANA + "TKT+9991234567891:T:1'",
        HEAD + ANA + LUIS + "TKT+9991234567890:T:1'",
        HEAD + ANA + "LTS+TRAVELS WITH OXYGEN'",
        HEAD + ANA + HISTORY + "IFT+4:28+PAX IS BLIND'",
        HEAD + ANA + "MSG+8'SSR+SEAT:HK:1:X1:::MIA:SAL+1A::1'",
        HEAD + ANA + "EQN+1'QQQ+1'",
        # The name of a group behind a service (found by a fuzzer).
        HEAD + ANA + "EQN+1'RCI+X1:ZZ99ZZ'MSG+8'TIF+SCHOOL+TRIP:G:1'",
        HEAD + ANA + "MSG+8'RCI+X1:QQ77QQ'ADD++700:CALLE'",
        "SRC'RCI+X1:AB12CD'ORG+'",
        HEAD + ANA + LINES.replace("'", " '"),
        HEAD + ANA + LINES + "UN'",
        HEAD + ANA + "MSG+8'RCI+X1:QQ77QQ'",
        HEAD + ANA + HISTORY.replace("PERES", "PERÉS"),
        HEAD.replace("RCI", "RCI+X1:AB'RCI"),
        HEAD + ANA + HISTORY.replace("ANAMS", "JUAN REV"),
        HEAD + ANA + HISTORY.replace("071126", "991326"),
        HEAD + ANA + HISTORY + "LTS+TRAVELS WITH OXYGEN'",
        HEAD + ANA + HISTORY.replace("SSR+KSML", "SSR+OTHS:HK:1:X1+PAX IS BLIND'SSR+KSML"),
        HEAD + ANA.replace("DAT+710:011126:1030", "DAT+710:011126:2561"),
        HEAD + ANA + TVL + "'SSR+SEAT:HK:31:X1:::MIA:SAL" + "+1A::1" * 31 + "'",
    ],
)
def test_what_is_not_plain_is_left_to_the_readers_of_segments(odd: str) -> None:
    data = pnrgov_bytes(WHOLE.replace("AB12CD", "EF34GH") + odd + WHOLE.replace("AB12CD", "IJ56KL"))
    assert runs(data) == 2
    one, other = both_ways(data)
    assert one == other


def test_a_party_too_large_to_compare_is_not_plain() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    party = "".join(f"TIF+P{letters[each // 26]}{letters[each % 26]}+ANA:A:{each}'" for each in range(201))
    data = pnrgov_bytes(HEAD + party)
    assert runs(data) == 0
    assert len(only(data).travellers) == 201


@pytest.mark.parametrize(
    "data",
    [
        pnrgov_bytes(WHOLE).replace(b"UNH", b"UNH ", 1),
        pnrgov_bytes(""),
        pnrgov_bytes(WHOLE).replace(b"+", b"-").replace(b"'", b"*"),
        pnrgov_bytes(WHOLE).replace(b"PNRGOV", b"PAXLST"),
        # Two types in one header (found by a fuzzer): what follows is read by the first.
        pnrgov_bytes(WHOLE).replace(b"+PNRGOV", b"+PAXLST:D:05B:UN:1+PNRGOV", 1),
        pnrgov_bytes(WHOLE).partition(b"UNT")[0],
        # A carrier's own release or repetition character might hide what is withheld.
        b"UNA:+.!*'" + pnrgov_bytes(WHOLE),
        b"UNA:+.?.'" + pnrgov_bytes(WHOLE),
    ],
)
def test_a_message_of_another_kind_has_no_plain_bookings(data: bytes) -> None:
    assert runs(data) == 0
    assert list(read(data))


@pytest.mark.parametrize("again", ["*", "*X9:1", "*X9:1:2"])
def test_whatever_is_repeated_by_the_sign_that_una_declares_is_read_alike(again: str) -> None:
    for sign in "+'":
        places = [place for place, each in enumerate(WHOLE) if each == sign]
        for place in places:
            odd = f"{WHOLE[:place]}{again}{WHOLE[place + (again == '*' and sign == '+') :]}"
            one, other = both_ways(b"UNA:+.?*'" + pnrgov_bytes(odd))
            assert one == other, odd[place - 20 : place + 20]


@pytest.mark.parametrize(
    "limits", [replace(DEFAULT, elements=6), replace(DEFAULT, segments=12), replace(DEFAULT, segment_length=1_000)]
)
def test_what_may_exceed_a_limit_is_not_plain(limits: Limits) -> None:
    assert runs(pnrgov_bytes(WHOLE), limits) == 0


def test_where_a_record_is_withheld_no_booking_is_plain() -> None:
    table = SHIPPED.changed(["ssr:DOCS"], [])
    [raw] = messages(pnrgov_bytes(WHOLE), DEFAULT)
    assert plain_bookings(raw, NOON, DEFAULT)
    assert not plain_bookings(raw, NOON, DEFAULT, table)


def test_a_message_that_was_read_is_in_no_circle() -> None:
    data = pnrgov_bytes(WHOLE * 2 + HISTORY)
    list(read(data))
    gc.collect()
    gc.disable()
    try:
        list(read(data))
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_with_and_without_patterns_an_oddity_is_the_same(path: Path) -> None:
    one, other = both_ways(path.read_bytes())
    assert one == other


def test_with_and_without_patterns_the_public_samples_are_the_same(samples: Path) -> None:
    for path in sorted(samples.glob("*/*.edi")):
        one, other = both_ways(path.read_bytes())
        assert one == other


@given(st.integers(0, 10_000), st.sampled_from(["", "\n", "\r\n"]))
def test_with_and_without_patterns_a_push_is_the_same(seed: int, line_end: str) -> None:
    one, other = both_ways(pushed(seed, 6, line_end))
    assert one == other


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n"])
def test_with_and_without_patterns_a_push_of_many_steps_is_the_same_and_says_the_same(line_end: str) -> None:
    data = pushed(3, 60, line_end)
    assert len(data) > 5 * 8 * 1024
    one, other = both_ways(data)
    assert one == other
    assert one[0].content.count(b"\n") == data.count(b"'") - 4


@given(st.sampled_from(["", "\r\n"]), st.integers(0, 50), st.data())
def test_with_and_without_patterns_a_mutated_push_is_the_same(line_end: str, seed: int, draw: st.DataObject) -> None:
    mutated = bytearray(pushed(seed, 4, line_end) if seed else pnrgov_bytes(WHOLE * 2 + HISTORY + WHOLE))
    for _ in range(draw.draw(st.integers(1, 6))):
        place = draw.draw(st.integers(0, len(mutated)))
        match draw.draw(st.sampled_from(["insert", "delete", "copy", "drop", "sign"])):
            case "insert":
                pieces = [
                    b"'",
                    b"+",
                    b":",
                    b"?",
                    b"\n",
                    b" ",
                    b"\xc3\x91",
                    b"SRC'",
                    b"TIF+OTRA+EVA:IN:3'",
                    b"DAT'",
                    b"SAC+++A'",
                    b"ABI+1+:SALX1'",
                    b"LTS+A'",
                    b"SSR+DOCS:HK'",
                    b"CTC",
                    b"::",
                    b"0",
                ]
                mutated[place:place] = draw.draw(st.sampled_from(pieces))
            case "delete":
                del mutated[place : place + draw.draw(st.integers(1, 40))]
            case "copy":
                start = draw.draw(st.integers(0, len(mutated)))
                mutated[place:place] = mutated[start : start + draw.draw(st.integers(1, 300))]
            case "drop":
                # A whole segment goes, or moves behind another.
                start = mutated.find(b"'", place) + 1
                end = mutated.find(b"'", start) + 1
                segment = mutated[start:end]
                del mutated[start:end]
                behind = mutated.find(b"'", draw.draw(st.integers(0, len(mutated)))) + 1
                mutated[behind:behind] = segment
            case _:
                mutated[place : place + 1] = draw.draw(st.binary(min_size=1, max_size=1))
    one, other = both_ways(bytes(mutated))
    assert one == other


WORDS = st.sampled_from(
    ["WHEELCHAIR", "SILLA", "DE", "RUEDAS", "AVML", "AVMLX1HK1", "SSR", "AVMLSQHK1", "GAY", "ANA@GAY.ORG", "B.LIND",
     "BL.IND", "X.AVML", "`", "HAPPY", "SAME", "SEX", "A//B", "DOCSX1HK1", "ciego", "CIÉGO", "_AVML", "1AVML", "AVML1"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=6), st.sampled_from([" ", ".", "/", "'", "-", ""]))
def test_what_is_sensitive_may_be_sensitive(words: list[str], sign: str) -> None:
    text = sign.join(words)
    with patch("torogoz.messages.sensitive.may_be_sensitive", lambda *_: True):
        sensitive = contains_sensitive(text)
    assert may_be_sensitive(text) or not sensitive
    assert contains_sensitive(text) == sensitive


def test_a_state_that_withholds_a_request_that_is_a_record_has_no_plain_bookings() -> None:
    raw = next(iter(messages(pnrgov_bytes(f"{HEAD}{ANA}{FLIGHTS}"), DEFAULT)))
    assert plain_bookings(raw, NOON, DEFAULT)
    assert plain_bookings(raw, NOON, DEFAULT, SHIPPED.changed(["ssr:TKNE"], [])) == []
