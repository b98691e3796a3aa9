"""One entry for any bytes: a message for each UNH, and, for what cannot be read, one without a type that says why."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.messages.written import UNB, codes, delivery, only, paxlst_bytes, pnrgov_bytes
from torogoz.domain.finding import Severity
from torogoz.domain.manifest import Part
from torogoz.edifact.limits import DEFAULT
from torogoz.messages import read
from torogoz.messages.render import as_json
from torogoz.messages.sensitive import redact

LIST = paxlst_bytes(
    """NAD+FL+++EJEMPLO:ANA'ATT+2++F'DTM+329:880229'MEA+CT++:1'FTX+BAG+++X1123456:2'LOC+178+MIA'COM+?+5032222:TE'
    NAT+2+SLV'RFF+AVF:X7K2PQ'RFF+SEA:12A'DOC+P:110:111+A01234567'DTM+36:300501'LOC+91+SLV'CNT+42:1'"""
)
PUSH = pnrgov_bytes(
    """SRC'RCI+X1:AB12CD::011126:1022'SSR+AVML:HK:1:X1'ORG+X1:MUC+99000000+SAL++T+SV'TIF+EJEMPLO+ANAMRS:A:1'REF+:1'
    SSR+DOCS:HK:1:X1:::::/P/SLV/A1/SLV/29FEB88/F/01MAY30/EJEMPLO/ANA'TKT+1:T'FOP+CC:::VI:4111:1'IFT+4:28+CTCM 5032222'
    TVL+221126:0945:221126:1120+MIA+SAL+X7:X1+310:Y'TVL+++++777'RPI+1+HK'DAT+2'TRI++1:::1'SSD+12A'TBD++1:20:700++HP+X1:1:1'
    EQN+1'RCI+X1:ZZ99ZZ'MSG+8'TVL+1+HOTEL'ABI+1'SAC+++A'SSR+AVML:HK:1:X1'LTS+SSR AVMLX1HK1'"""
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "DELIVERY_EMPTY"),
        (b" \r\n ", "DELIVERY_EMPTY"),
        (b"hello", "NOT_EDIFACT"),
        (b"\x00" * 100, "NOT_EDIFACT"),
        (b"PK\x03\x04" + bytes(range(256)) * 10, "ARCHIVE_BROKEN"),
        (b"<?xml version='1.0'?><IATA_PNRGOV_NotifRQ/>", "NO_MESSAGE"),
        (LIST[:30], "NO_MESSAGE"),
        (UNB.encode(), "NO_MESSAGE"),
        (UNB.encode() + b"UNH+1+PAXLST:D:05B", "NO_MESSAGE"),
        (LIST.replace(b"PAXLST:", b"INVOIC:"), "TYPE_UNSUPPORTED"),
        (UNB.encode() + b"UNH'UNT+2'", "TYPE_UNSUPPORTED"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    message = only(data)
    assert not message.readable
    assert code in codes(message)
    assert message.number == 1
    assert set(as_json(message)) == {"message", "type", "findings"}
    assert any(finding.severity is Severity.ERROR for finding in message.findings)


def test_a_delivery_beyond_the_limit_is_not_looked_at() -> None:
    [message] = read(LIST, replace(DEFAULT, delivery=len(LIST) - 1))
    assert codes(message) == ["DELIVERY_TOO_LARGE"]
    [message] = read(LIST, replace(DEFAULT, delivery=len(LIST)))
    assert message.readable


def test_a_line_of_ten_megabytes_costs_only_itself() -> None:
    data = LIST.replace(b"CNT+42", b"FTX+" + b"A" * 10_000_000 + b"'CNT+42")
    message = only(data)
    assert len(message.travellers) == 1
    assert message.expected_travellers == 1
    assert "SEGMENT_TOO_LONG" in codes(message)


def test_messages_are_numbered_through_all_interchanges() -> None:
    messages = list(read(LIST + b"\r\n" + PUSH + b"noise" + LIST))
    assert [(message.number, message.type) for message in messages] == [(1, "PAXLST"), (2, "PNRGOV"), (3, "PAXLST")]
    assert len({message.span.start for message in messages}) == 3


def test_an_unreadable_message_leaves_the_others_alone() -> None:
    messages = list(read(LIST.replace(b"PAXLST:", b"INVOIC:") + PUSH))
    assert [message.type for message in messages] == [None, "PNRGOV"]
    assert (messages[0].sender, messages[0].reference) == ("X1", "1")


@pytest.mark.parametrize(
    ("part", "read_as"),
    [
        ("+01:C", Part(1, last=False)),
        ("+02", Part(2, last=False)),
        ("+03:F", Part(3, last=True)),
        ("+01:F", Part(1, last=True)),
        ("", None),
        ("+", None),
        ("+XX:F", None),
        ("+00:F", None),
        ("+123456789:F", None),
    ],
)
def test_the_place_in_a_series(part: str, read_as: Part | None) -> None:
    assert only(delivery("BGM+745'", f"PAXLST:D:05B+X1310{part}").replace(b"+X1310'", b"'")).part == read_as


@pytest.mark.parametrize(
    ("sent", "version"),
    [
        ("PAXLST:D:05B:UN:IATA", "D:05B"),
        ("PAXLST:D", "D"),
        ("PAXLST", None),
        ("PAXLST::05B", "05B"),
        ("PAXLST:D:" + "0" * 99, "D"),
    ],
)
def test_the_version_is_made_of_codes(sent: str, version: str | None) -> None:
    assert only(delivery("BGM+745'", sent)).version == version


def test_the_same_content_under_other_references_and_wrapping_is_the_same() -> None:
    other = LIST.replace(b"UNH+1+", b"UNH+999+").replace(b"+1'UNZ", b"+999'UNZ").replace(b"+77'", b"+88'")
    wrapped = b"\r\n".join(LIST[start : start + 64] for start in range(0, len(LIST), 64))
    assert only(other).content == only(LIST).content == only(wrapped).content
    assert only(LIST.replace(b"A01234567", b"A01234568")).content != only(LIST).content
    assert only(LIST[: LIST.index(b"UNT+")]).content == only(LIST).content


def keeps(shown: Any, promised: Any) -> bool:
    """Whether what is shown has everything that is promised; more keys may stand beside it."""
    if isinstance(promised, dict):
        return all(key in shown and keeps(shown[key], value) for key, value in promised.items())
    if isinstance(promised, list):
        return len(shown) == len(promised) and all(map(keeps, shown, promised))
    return bool(shown == promised)


def test_the_object_of_a_message_has_the_keys_that_scripts_rely_on() -> None:
    shown = as_json(only(PUSH))
    assert shown.keys() >= {
        "message", "type", "version", "function", "qualifier", "sender", "reference", "common_reference", "part",
        "flights", "expected_travellers", "expected_bookings", "travellers", "bookings", "findings", "withheld",
    }  # fmt: skip
    assert shown["withheld"] == {"SSR": 2, "free_text": 1}
    assert keeps(
        shown["bookings"][0],
        {
            "record_locator": "AB12CD",
            "carrier": "X1",
            "created_at": "2026-11-01T10:22Z",
            "cancelled": False,
            "travellers": [0],
            "itinerary": [
                {
                    "carrier": "X7",
                    "number": "777",
                    "departure_airport": "MIA",
                    "arrival_airport": "SAL",
                    "departure_local": "2026-11-22T09:45",
                    "arrival_local": "2026-11-22T11:20",
                    "operating": {"carrier": "X1", "number": "310"},
                }
            ],
            "agency": {"code": "99000000", "city": "SAL", "country": "SLV"},
            "contacts": [{"kind": "phone", "value": "5032222"}],
            "payments": [{"form": "CC", "card_last4": "4111"}],
            "tickets": [{"number": "1"}],
            "bags": None,
            "split_from": "ZZ99ZZ",
        },
    )
    [document] = shown["travellers"][0]["documents"]
    assert document.items() >= {"type": "P", "number": "A1", "issuer": "SLV", "expiry": "2030-05-01"}.items()
    assert keeps(shown["travellers"][0]["bags"], {"count": 1, "weight_kg": 20.0, "tags": ["X11"]})


def test_unknown_is_null_and_never_an_empty_text() -> None:
    shown = as_json(only(paxlst_bytes("NAD+FL+++EJEMPLO'NAD+FL'", leg="")))
    assert shown["part"] is None
    assert shown["flights"] == []
    for traveller in shown["travellers"]:
        assert "" not in traveller.values()
        assert traveller["bags"] is None
    assert as_json(only(pnrgov_bytes("SRC'")))["bookings"][0]["agency"] is None


def test_findings_speak_both_languages() -> None:
    message = only(LIST.replace(b"UNT+", b"UNT+9"))
    [english], [spanish] = as_json(message)["findings"], as_json(message, "es")["findings"]
    assert english["text"] != spanish["text"]
    assert english["code"] == spanish["code"] == "COUNT_MISMATCH"
    assert english["segment"] == "UNT"


def all_promises_hold(data: bytes) -> None:
    """Whatever the bytes: an answer, sane places, a copy of equal length, and an object that can be printed."""
    messages = list(read(data))
    assert messages
    assert [message.number for message in messages] == list(range(1, len(messages) + 1))
    for message in messages:
        json.dumps(as_json(message))
        assert len(redact(data, message)) == message.span.end - message.span.start
        for origins in [one.origins for one in message.travellers] + [one.origins for one in message.bookings]:
            for origin in origins:
                assert message.span.start <= origin.start < origin.end <= message.span.end
        if not message.readable:
            assert any(finding.severity is Severity.ERROR for finding in message.findings)


@given(st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    all_promises_hold(data)


@given(st.binary(max_size=200))
def test_any_bytes_in_a_message_are_answered(data: bytes) -> None:
    all_promises_hold(LIST.replace(b"CNT+42", data + b"CNT+42"))
    all_promises_hold(PUSH.replace(b"TKT+1", data + b"TKT+1"))


@given(st.sampled_from([LIST, PUSH]), st.data())
def test_a_mutated_message_is_answered(data: bytes, draw: st.DataObject) -> None:
    mutated = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        place = draw.draw(st.integers(0, len(mutated)))
        match draw.draw(st.sampled_from(["insert", "delete", "copy", "sign", "cut"])):
            case "insert":
                mutated[place:place] = draw.draw(
                    st.sampled_from(
                        [b"'", b"+", b":", b"?", b"\n", b"\x00", b"\xff", b"UNH+", b"UNT+1'", b"SRC'", b"NAD+FL'"]
                    )
                )
            case "delete":
                del mutated[place : place + draw.draw(st.integers(1, 40))]
            case "copy":
                start = draw.draw(st.integers(0, len(mutated)))
                mutated[place:place] = mutated[start : start + draw.draw(st.integers(1, 200))]
            case "sign":
                mutated[place : place + 1] = draw.draw(st.binary(min_size=1, max_size=1))
            case _:
                del mutated[place + 60 :]
    all_promises_hold(bytes(mutated))


@given(st.sampled_from([LIST, PUSH]), st.integers(0, 900))
def test_a_truncated_message_keeps_whom_it_named_whole(data: bytes, length: int) -> None:
    cut = data[:length]
    all_promises_hold(cut)
    whole = only(data).travellers[0]
    for message in read(cut):
        for traveller in message.travellers:
            assert traveller.surname == whole.surname
            assert {each.number for each in traveller.documents} <= {each.number for each in whole.documents}
            assert traveller.birth_date in (None, whole.birth_date)
