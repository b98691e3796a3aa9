"""Sensitive data are recognised, counted and overwritten; innocent words are not."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.messages.written import only, pnrgov_bytes
from torogoz.messages import read, sensitive, sensitive_table
from torogoz.messages.sensitive import contains_sensitive, is_sensitive_code, redact
from torogoz.messages.sensitive_table import DEFAULT

DATA = pnrgov_bytes(
    "SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA REV:A:1'SSR+KSML:HK:1:X1'IFT+4:28::X1+BLIND?'S DOG'SSR+SEAT:HK:1:X1:::MIA:SAL+12A'"
)


@pytest.mark.parametrize(
    "text",
    [
        "SPML KOSHER",
        "pax needs wheelchair",
        "Viaja en silla de ruedas",
        "Está embarazada",
        "es musulmán",
        "SSR AVMLSQHK1",
        "SSR WCHR SQ HK1",
        "member of a trade union",
        "perro guía",
        "HIV+",
        "MEDIF APPROVED",
    ],
)
def test_free_text_that_reveals_what_nobody_may_know(text: str) -> None:
    assert contains_sensitive(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "REUNIÓN A LAS 14:30",
        "WESTERN UNION",
        "UNIÓN ADUANERA",
        "VIP PASSENGER",
        "SSR VGML X1 HK1",
        "SSR SEAT X1 HK1 12A",
        "CTCE HALAL.BLIND//EXAMPLE.ORG",
        "ana.blind@example.org",
        "CHECKED BAG 20KG",
        "THE BLINDS ARE DOWN",
    ],
)
def test_innocent_text_stays(text: str) -> None:
    assert not contains_sensitive(text)


def seconds_to_look(text: str) -> float:
    """What looking through free text takes of this process's own time."""
    start = time.process_time()
    contains_sensitive(text)
    return time.process_time() - start


@pytest.mark.parametrize("unit", ["é", "a.", "A", "a@", "é/", "é ", ".", "'", "SPML", "é\n", "1A"])
def test_free_text_is_looked_through_in_linear_time_whatever_it_is(unit: str) -> None:
    few = max(seconds_to_look("é" + unit * 2_000), 0.01)
    assert seconds_to_look("é" + unit * 20_000) < 30 * few


@given(st.text("ab@/ .\n", max_size=14))
def test_a_mail_address_is_found_where_it_begins(text: str) -> None:
    """The pattern gives nothing back; one that does finds the same."""
    assert sensitive._EMAIL.sub("_", text) == re.sub(r"[^\s@/]+(?:@|//)[^\s@/]+", "_", text)


@pytest.mark.parametrize(
    ("code", "dropped"), [("KSML", True), (" wchr", True), ("BBML", False), ("DOCS", False), ("", False)]
)
def test_request_codes(code: str, *, dropped: bool) -> None:
    assert is_sensitive_code(code) is dropped


def test_every_code_and_word_of_the_table_is_recognised_in_any_case() -> None:
    for group in (*sensitive_table.SSR_CODES.values(), *sensitive_table.WORDS.values()):
        for word in group.split():
            assert contains_sensitive(f"so {word.lower()}, they say"), word
    for phrase in sensitive_table.PHRASES:
        assert contains_sensitive(f"so {phrase.lower()}, they say"), phrase


def test_what_a_state_adds_is_withheld_and_what_it_keeps_is_not() -> None:
    table = DEFAULT.changed(["ssr: MAAS", "ssr:XMAS", "word:ayuno", "phrase: año santo", "title:BRO"], ["ssr:KSML"])
    segments = "SSR+KSML:HK:1:X1'SSR+XMAS:HK:1:X1'IFT+4:28::X1+HACE AYUNO'IFT+4:28::X1+POR EL AÑO SANTO'"
    data = pnrgov_bytes(f"SRC'RCI+X1:AB12CD'TIF+PEREZ+ANA BRO:A:1'{segments}").decode("latin-1").encode("latin-1")
    (message,) = read(data, table=table)
    assert (message.withheld.ssr, message.withheld.free_text) == (1, 3)
    assert message.travellers[0].given_names == "ANA"
    copy = redact(data, message)
    assert b"KSML" in copy
    assert not any(word in copy for word in (b"XMAS", b"AYUNO", b"SANTO", b"BRO"))


def test_a_changed_table_says_so_by_its_version_and_equal_changes_make_equal_versions() -> None:
    changed = DEFAULT.changed(["word:ayuno", "word:hajj"], [])
    assert changed.version.startswith(f"{DEFAULT.version}+")
    assert changed.version == DEFAULT.changed(["word: HAJJ", "WORD:Ayuno"], []).version
    assert changed.version != DEFAULT.changed([], ["word:ayuno", "word:hajj"]).version
    assert DEFAULT.changed([], []) is DEFAULT


@pytest.mark.parametrize(
    "change", ["", "ssr:", "ssr:KS", "ssr:KSML2", "words:ayuno", "phrase:one", "word:.*", "title:a b"]
)
def test_a_change_that_is_not_written_as_one_is_refused(change: str) -> None:
    with pytest.raises(ValueError, match="no change"):
        DEFAULT.changed([change], [])


def test_redaction_overwrites_what_is_sensitive_and_moves_nothing() -> None:
    message = only(DATA)
    copy = redact(DATA, message)
    assert len(copy) == message.span.end - message.span.start
    assert b"KSML" not in copy
    assert b"BLIND" not in copy
    assert b"REV" not in copy
    assert b"TIF+PEREZ+ANA XXX:A:1'" in copy
    assert b"SSR+XXXXXXXXXXXX'" in copy
    assert copy.index(b"SSR+SEAT") == DATA.index(b"SSR+SEAT") - message.span.start


def test_a_redacted_copy_says_the_same_and_withholds_nothing_more() -> None:
    message = only(DATA)
    again = only(DATA[: message.span.start] + redact(DATA, message) + DATA[message.span.end :])
    assert again.withheld.total == 0
    assert [(each.surname, each.seat) for each in again.travellers] == [
        (each.surname, each.seat) for each in message.travellers
    ]


@given(st.integers(20, 69))
def test_redaction_finds_what_telex_broke_and_keeps_its_lines(width: int) -> None:
    wrapped = b"\r\n".join(DATA[start : start + width] for start in range(0, len(DATA), width))
    message = only(wrapped)
    copy = redact(wrapped, message)
    assert message.withheld == only(DATA).withheld
    assert copy.count(b"\r\n") == wrapped[message.span.start : message.span.end].count(b"\r\n")
    plain = copy.replace(b"\r\n", b"")
    assert plain == redact(DATA, only(DATA))


def test_each_message_of_a_delivery_is_redacted_for_itself() -> None:
    both = DATA + DATA
    first, second = read(both)
    assert redact(both, first) == redact(both, second) == redact(DATA, only(DATA))
