"""Interchanges are found wherever they stand, with whatever they are divided; what is wrong with them is a finding."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.edifact.strategies import bodies, service_characters
from torogoz.edifact.interchange import RawMessage, divided
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.segments import Segments
from torogoz.edifact.stream import messages
from torogoz.edifact.tokens import ServiceCharacters
from torogoz.edifact.writer import Segment, advice, compose

UNB = "UNB+UNOA:4+X1:ZZ+SV:ZZ+261122:1200+77'"
WHOLE = f"{UNB}UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'UNT+3+1'UNZ+1+77'"


def read(text: str | bytes, limits: Limits = DEFAULT) -> list[tuple[RawMessage, Segments]]:
    data = text.encode("latin-1") if isinstance(text, str) else text
    return [(raw, divided(raw, limits)) for raw in messages(data, limits)]


def one(text: str | bytes, limits: Limits = DEFAULT) -> tuple[list[str], list[str]]:
    """The segments and the finding codes of the only message."""
    [(raw, segments)] = read(text, limits)
    texts = [raw.service.reveal(segment) for segment in segments.texts]
    return texts, [finding.code for finding in raw.findings]


def enveloped(body: list[Segment], service: ServiceCharacters) -> list[Segment]:
    return [
        ("UNB", ("UNOC", "3"), "X1", "SV", ("261122", "1200"), "77"),
        ("UNG", "PAXLST", "X1", "SV", ("261122", "1200"), "5", "UN", ("D", "05B")),
        ("UNH", "1", ("PAXLST", "D", "05B", "UN", "IATA")),
        *body,
        ("UNT", str(len(body) + 2), "1"),
        ("UNE", "1", "5"),
        ("UNZ", "1", "77"),
    ]


@given(service_characters(), bodies(), st.sampled_from(["", "\r\n", "\n", " "]))
def test_what_is_written_is_read_back_with_any_service_characters(
    service: ServiceCharacters, body: list[Segment], line_end: str
) -> None:
    text = advice(service) + compose(enveloped(body, service), service, line_end)
    [(raw, segments)] = read(text)
    assert raw.service == service
    read_back = [
        tuple(tuple(service.components(element)) for element in segment.split(service.element))
        for segment in segments.texts[1:-1]
    ]
    assert read_back == [
        tuple((element,) if isinstance(element, str) else element for element in segment) for segment in body
    ]
    assert [finding.code for finding in raw.findings] in ([], ["CHARSET"])


@given(bodies(), st.integers(20, 69), st.sampled_from(["\r\n", "\n", "\r\r\n"]))
def test_a_telex_line_may_break_anywhere(body: list[Segment], width: int, line_end: str) -> None:
    service = ServiceCharacters()
    text = compose(enveloped(body, service), service)
    wrapped = line_end.join(text[start : start + width] for start in range(0, len(text), width))
    [(_, plain)] = read(text)
    [(raw, segments)] = read(f"QU SALPX1X\r\n.HDQ9X 221200\r\n{wrapped}\r\n\r\n NNNN\r\n")
    assert segments.texts == plain.texts
    assert raw.header.reference == "77"


@given(bodies())
def test_places_are_those_of_the_delivered_bytes(body: list[Segment]) -> None:
    service = ServiceCharacters()
    data = ("HEAD\r\n" + compose(enveloped(body, service), service, "\r\n") + "FOOT").encode("latin-1")
    [(raw, segments)] = read(data)
    for place, text in enumerate(segments.texts):
        span = segments.span(place)
        assert service.shield(data[span.start : span.end].decode("latin-1")) == text
        elements = [data[each.start : each.end] for each in segments.element_spans(place, service)]
        assert [service.shield(each.decode("latin-1")) for each in elements] == text.split(service.element)
    assert data[raw.start : raw.start + 3] == b"UNH"
    assert data[raw.end - 1 : raw.end] == b"'"


def test_a_whole_interchange_has_nothing_odd() -> None:
    assert one(WHOLE) == (["UNH+1+PAXLST:D:05B:UN:IATA", "BGM+745", "UNT+3+1"], [])


def test_the_header_says_who_sent_what_when() -> None:
    [(raw, _)] = read(WHOLE)
    assert (raw.header.syntax, raw.header.sender, raw.header.prepared, raw.header.reference) == (
        "UNOA",
        "X1",
        ("261122", "1200"),
        "77",
    )


def test_an_asterisk_repeats_nothing_where_una_does_not_say_so() -> None:
    texts, codes = one(WHOLE.replace("X1:ZZ", "APIS*X1:ZZ"))
    assert len(texts) == 3
    assert codes == []


@pytest.mark.parametrize(
    ("element", "component", "terminator"), [("*", ":", "$"), ("+", "-", "'"), ("(", ":", ")"), ("+", ":", "~")]
)
def test_without_una_the_header_shows_the_separators(element: str, component: str, terminator: str) -> None:
    text = WHOLE.translate(str.maketrans("+:'", element + component + terminator))
    texts, codes = one(text)
    assert len(texts) == 3
    assert codes == []


def test_a_question_mark_that_divides_releases_nothing() -> None:
    [(raw, segments)] = read(WHOLE.replace("+", "?"))
    assert raw.service.release is None
    assert len(segments.texts) == 3


def test_a_line_end_may_be_the_terminator_with_una_and_without() -> None:
    lines = WHOLE.replace("'", "\r\n")
    assert one(lines)[0] == one(WHOLE)[0]
    assert one("UNA:+.? \r\n" + lines)[0] == one(WHOLE)[0]
    assert one("UNA:+.?*\n" + lines)[0] == one(WHOLE)[0]


def test_a_una_that_lost_its_decimal_mark_is_completed() -> None:
    texts, codes = one("UNA:+\\*'\n" + WHOLE.replace("745", "7\\'45"))
    assert texts[1] == "BGM+7'45"
    assert codes == ["UNA_SHORT"]


@pytest.mark.parametrize("una", ["UNA:+.? +", "UNAABCDEF", "UNA:+.?", "UNA*:.? '"])
def test_a_una_that_divides_nothing_gives_way_to_what_the_header_shows(una: str) -> None:
    texts, codes = one(una + WHOLE)
    assert len(texts) == 3
    assert codes == ["SERVICE_CHARACTERS"]


@pytest.mark.parametrize(
    "text", ["UNA::::::UNB::::::UNH::", "UNB", "UNB+", "UNB+UNO", "UNB+UNOA+", "UNB++X'", "unb+unoa:4"]
)
def test_what_only_looks_like_a_header_is_no_interchange_or_an_empty_one(text: str) -> None:
    assert [finding.code for raw, _ in read(text) for finding in raw.findings] in (
        [],
        ["UNZ_MISSING", "NO_MESSAGE"],
    )


def test_interchanges_never_overlap() -> None:
    found = read("UNA:UNB+UUNB+UNOA:4+NOA:4++.? 'UNB+IAT" + WHOLE)
    ends = [0, *(raw.end for raw, _ in found)]
    assert all(before <= raw.start <= raw.end for before, (raw, _) in zip(ends, found, strict=False))


def test_a_header_whose_separators_are_the_same_is_none() -> None:
    assert read("UNB+UNOA+4+X'UNH+1'".replace("+", "'")) == []


def test_typographic_apostrophes_that_end_segments_are_taken_for_plain_ones() -> None:
    texts, codes = one(WHOLE.encode().replace(b"'", b"\xe2\x80\x99"))
    assert len(texts) == 3
    assert codes == ["TYPOGRAPHIC_QUOTE"]
    texts, codes = one(b"UNA:+.? \xe2\x80\x99" + WHOLE.encode().replace(b"'", b"\xe2\x80\x99"))
    assert len(texts) == 3


def test_a_typographic_apostrophe_in_a_name_is_left_alone() -> None:
    texts, codes = one(WHOLE.replace("BGM+745", "FTX+O{}BRIEN").replace("{}", "\xe2\x80\x99"))
    assert texts[1] == "FTX+O’BRIEN"
    assert codes == ["CHARSET"]


def test_many_messages_and_groups_are_counted_against_their_trailers() -> None:
    def message(reference: int) -> str:
        return f"UNH+{reference}+PAXLST:D:05B:UN:IATA'BGM+745'UNT+3+{reference}'"

    group = f"UNG+PAXLST+X1+SV+261122:1200+5+UN+D:05B'{message(1)}{message(2)}UNE+2+5'"
    other = f"UNG+PAXLST+X1+SV+261122:1200+6+UN+D:05B'{message(3)}UNE+1+6'"
    found = read(f"{UNB}{group}{other}UNZ+2+77'")
    assert [segments.texts[0].split("+")[1] for _, segments in found] == ["1", "2", "3"]
    assert [finding.code for raw, _ in found for finding in raw.findings] == []


def test_several_interchanges_each_keep_their_own_service_characters() -> None:
    found = read("noise " + WHOLE + "\r\n\r\nUNA:*.? #" + WHOLE.translate(str.maketrans("+'", "*#")) + " more noise")
    assert [raw.service.terminator for raw, _ in found] == ["'", "#"]
    assert [segments.texts[1] for _, segments in found] == ["BGM+745", "BGM*745"]
    assert [list(raw.findings) for raw, _ in found] == [[], []]


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("UNT+3", "UNT+9", ["COUNT_MISMATCH"]),
        ("UNT+3", "UNT+MANY", ["COUNT_MISMATCH"]),
        ("UNT+3", "UNT+0000003", []),
        ("UNT+3+1'", "UNT+3+2'", ["REFERENCE_MISMATCH"]),
        ("UNT+3+1'", "UNT+3'", ["REFERENCE_MISMATCH"]),
        ("UNT+3+1'", "UNT'", ["COUNT_MISMATCH", "REFERENCE_MISMATCH"]),
        ("UNZ+1+77", "UNZ+2+77", ["COUNT_MISMATCH"]),
        ("UNZ+1+77", "UNZ+1+78", ["REFERENCE_MISMATCH"]),
        ("UNZ+1+77'", "", ["UNZ_MISSING"]),
        ("UNZ+1+77'", "UNZ+1+77", []),
        ("UNT+3+1'", "", ["UNT_MISSING"]),
        ("UNT+3+1'UNZ+1+77'", "", ["UNT_MISSING", "UNZ_MISSING"]),
        ("UNT+3+1'", "UNT+3+1'UNT+3+1'", ["TRAILER_UNEXPECTED"]),
        ("UNT+3+1'", "UNT+3+1'UNE+1+5'", ["TRAILER_UNEXPECTED"]),
        ("UNZ+1+77'", "UNZ+1+77'UNZ+1+77'", ["TRAILER_UNEXPECTED"]),
        ("UNH+1", "UNG+PAXLST'UNH+1", ["UNE_MISSING"]),
        ("UNH+1", "UNG+PAXLST+X+Y+Z+5'UNG+PAXLST+X+Y+Z+5'UNH+1", ["UNE_MISSING", "UNE_MISSING", "COUNT_MISMATCH"]),
        ("BGM+745'", "BGM +745 '", []),
        ("UNT+3", "UNT +3", []),
        ("BGM+745'", "BGM+745''", []),
        ("BGM+745'", "BGM+7\n45'", ["LINE_WRAP"]),
        ("BGM+745'", "BGM+7\x0045'", ["CONTROL_BYTES", "LINE_WRAP"]),
        ("BGM+745'", "BGM+745\x02'", ["CONTROL_BYTES"]),
        ("UNH", "SOMETHING'UNH", []),
        ("UNH", "UNTIL+3'UNHCR+1'UNH", []),
        ("BGM+745", "FTX+HUNT+UNZ+1+77", []),
        ("BGM+745", "FTX+WHY?NOT", ["RELEASE_UNNEEDED"]),
        ("BGM+745", "FTX+WHY??NOT", []),
    ],
)
def test_a_deviation_is_a_finding_and_the_message_is_read(old: str, new: str, codes: list[str]) -> None:
    assert old in WHOLE
    texts, found = one(WHOLE.replace(old, new))
    assert texts[0].startswith("UNH+1")
    assert sorted(found) == sorted(codes)


def test_a_message_without_its_trailer_ends_where_the_next_begins() -> None:
    first, second = read(f"{UNB}UNH+1+PAXLST:D:05B'BGM+745'UNH+2+PAXLST:D:05B'BGM+250'UNT+3+2'UNZ+2+77'")
    assert first[1].texts[-1] == "BGM+745"
    assert [finding.code for finding in first[0].findings] == ["UNT_MISSING"]
    assert list(second[0].findings) == []


def test_a_cut_off_segment_is_not_read_as_if_it_were_whole() -> None:
    texts, codes = one(WHOLE[: WHOLE.index("45'UNT")])
    assert texts == ["UNH+1+PAXLST:D:05B:UN:IATA"]
    assert codes == ["UNT_MISSING", "UNZ_MISSING", "SEGMENT_CUT_OFF"]


def test_a_bare_message_counts_as_an_interchange_without_its_header() -> None:
    texts, codes = one("\r\n" + WHOLE[len(UNB) :])
    assert len(texts) == 3
    assert codes == ["UNB_MISSING", "REFERENCE_MISMATCH"]
    assert one("UNH*1*PAXLST:D:05B:UN#BGM*745#UNT*3*1#")[0][1] == "BGM*745"
    assert read("UNH is what headers are called; UNH+1 too") == []


def test_an_interchange_without_messages_says_so() -> None:
    [(raw, segments)] = read(f"{UNB}UNZ+0+77'")
    assert segments.texts == []
    assert [finding.code for finding in raw.findings] == ["NO_MESSAGE"]
    assert raw.findings[0].position == 0


@pytest.mark.parametrize(
    ("syntax", "data", "text", "codes"),
    [
        ("UNOC", "PEÑA".encode("latin-1"), "PEÑA", []),
        ("UNOA", "PEÑA".encode("latin-1"), "PEÑA", ["CHARSET"]),
        ("UNOA", "PEÑA".encode(), "PEÑA", ["CHARSET"]),
        ("UNOC", "PEÑA".encode(), "PEÑA", ["CHARSET"]),
        ("UNOY", "PEÑA".encode(), "PEÑA", []),
        ("UNOD", "ŁUKASZ".encode("iso8859-2"), "ŁUKASZ", []),
        ("UNOE", "ИВАН".encode("iso8859-5"), "ИВАН", []),
        ("UNOY", b"PE\xd1A", "PEÑA", ["CHARSET"]),
        ("ZZZZ", b"PE\x81A", "PE�A", ["CHARSET", "CHARSET_UNDECODABLE"]),
        ("UNOC", b"\x8eUPA", "ŽUPA", ["CHARSET"]),
        ("UNOF", b"\xd2A", "\ufffdA", ["CHARSET_UNDECODABLE"]),
        ("UNOF", "ΆΝΝΑ".encode("iso8859-7"), "ΆΝΝΑ", []),
        ("UNOG", "ĦAL".encode("iso8859-3"), "ĦAL", []),
        ("UNOH", "ĀBELE".encode("iso8859-4"), "ĀBELE", []),
        ("UNOI", "علي".encode("iso8859-6"), "علي", []),
        ("UNOJ", "דוד".encode("iso8859-8"), "דוד", []),
        ("UNOK", "IŞIK".encode("iso8859-9"), "IŞIK", []),
        ("UNOW", "山田".encode(), "山田", []),
        ("IATA", "PEÑA".encode("latin-1"), "PEÑA", ["CHARSET"]),
        ("IATB", "PEÑA".encode("latin-1"), "PEÑA", ["CHARSET"]),
        ("SIRE", "PEÑA".encode(), "PEÑA", ["CHARSET"]),
    ],
)
def test_the_alphabet_is_the_one_named_unless_the_bytes_say_otherwise(
    syntax: str, data: bytes, text: str, codes: list[str]
) -> None:
    sent = WHOLE.replace("UNOA", syntax).encode().replace(b"BGM+745", b"FTX+" + data)
    texts, found = one(sent)
    assert texts[1] == f"FTX+{text}"
    assert found == codes


def test_places_hold_where_a_letter_takes_two_bytes() -> None:
    data = WHOLE.replace("BGM+745", "FTX+PEÑA+NÚÑEZ").encode()
    [(raw, segments)] = read(data)
    assert segments.texts[1] == "FTX+PEÑA+NÚÑEZ"
    spans = segments.element_spans(1, raw.service)
    assert [data[span.start : span.end].decode() for span in spans] == ["FTX", "PEÑA", "NÚÑEZ"]


def test_text_in_two_bytes_a_character_is_read_with_a_finding() -> None:
    texts, codes = one(WHOLE.encode("utf-16-le"))
    assert texts[1] == "BGM+745"
    assert "CONTROL_BYTES" in codes


SMALL = replace(DEFAULT, segments=4, segment_length=60, elements=10, findings=3, messages=2, interchanges=2)


def test_segments_beyond_the_limit_are_left_out_with_a_finding() -> None:
    texts, codes = one(WHOLE.replace("BGM+745'", "BGM+745'" * 10), SMALL)
    assert len(texts) == 4
    assert codes == ["TOO_MANY_SEGMENTS"]
    assert len(one(WHOLE.replace("BGM+745'", "BGM+745'" * 2), SMALL)[0]) == 4


def test_a_segment_that_is_too_long_or_has_too_many_elements_is_left_out_alone() -> None:
    texts, codes = one(WHOLE.replace("745'", "745'FTX+" + "A" * 100 + "'"), SMALL)
    assert texts[1:] == ["BGM+745", "UNT+3+1"]
    assert codes == ["SEGMENT_TOO_LONG"]
    texts, codes = one(WHOLE.replace("745'", "745'FTX" + "+:" * 6 + "'"), SMALL)
    assert texts[1:] == ["BGM+745", "UNT+3+1"]
    assert codes == ["TOO_MANY_ELEMENTS"]


def test_a_header_that_is_too_long_is_left_out_and_its_message_is_read() -> None:
    texts, codes = one(WHOLE.replace("X1:ZZ", "X?+1" * 30 + ":ZZ"), SMALL)
    assert len(texts) == 3
    assert codes == ["SEGMENT_TOO_LONG", "REFERENCE_MISMATCH"]


def test_messages_and_interchanges_beyond_the_limit_are_told() -> None:
    found = read(UNB + "UNH+1+PAXLST:D:05B'BGM+745'UNT+3+1'" * 5 + "UNZ+5+77'", SMALL)
    assert [[finding.code for finding in raw.findings] for raw, _ in found] == [[], [], ["TOO_MANY_MESSAGES"]]
    found = read(WHOLE * 4, SMALL)
    assert [finding.code for finding in found[-1][0].findings] == ["TOO_MANY_INTERCHANGES"]
    assert len(found) == 3


def test_findings_are_bounded_and_say_that_there_were_more() -> None:
    _, codes = one(WHOLE.replace("UNZ+1+77'", "UNE'" * 50 + "UNZ+1+77'"), SMALL)
    assert codes == ["TRAILER_UNEXPECTED"] * 3 + ["FINDINGS_CUT"]


def seconds_to_read(data: bytes) -> float:
    """What reading takes of this process's own time, whatever else the machine does."""
    start = time.process_time()
    for raw in messages(data, DEFAULT):
        divided(raw, DEFAULT)
    return time.process_time() - start


@pytest.mark.parametrize(
    ("head", "unit", "times"),
    [
        (b"", b"\x00", 100_000),
        (b"", b"UN", 50_000),
        (b"", b"UNB", 50_000),
        (b"", b"UNB+UNOA:4+", 5_000),
        (b"", b"UNA", 50_000),
        (b"", b"'", 100_000),
        (b"", b"?", 100_000),
        (b"UNB+UNOA:4'", b"U\n", 100_000),
        (b"UNB+UNOA:4'UNH+1+", b"?\n", 100_000),
        (b"UNB+UNOA:4'", b"UNT", 50_000),
        (b"UNB+UNOA:4'", b" \n", 100_000),
    ],
)
def test_hostile_bytes_are_read_in_linear_time(head: bytes, unit: bytes, times: int) -> None:
    few = max(seconds_to_read(head + unit * (times // 10)), 0.01)
    assert seconds_to_read(head + unit * times + b"UNH") < 30 * few


def test_a_byte_without_a_character_is_told_where_it_stands() -> None:
    data = WHOLE.replace("UNOA", "UNOF").replace("BGM+745", "BGM+745'FTX+A\xd2B").encode("latin-1")
    [(raw, _)] = read(data)
    assert next((each.code, each.position) for each in raw.findings) == ("CHARSET_UNDECODABLE", data.index(b"\xd2"))


def test_a_wrap_inside_a_character_of_two_bytes_does_not_break_it() -> None:
    data = WHOLE.replace("UNOA", "UNOY").replace("BGM+745", "FTX+PEÑA").encode().replace(b"\xc3\x91", b"\xc3\r\n\x91")
    texts, codes = one(data)
    assert texts[1] == "FTX+PEÑA"
    assert codes == ["LINE_WRAP"]


def test_one_segment_that_is_not_the_utf_8_that_was_promised_leaves_the_others_alone() -> None:
    data = WHOLE.replace("UNOA", "UNOY").encode().replace(b"BGM+745", "FTX+PEÑA'FTX+NU".encode() + b"\xd1EZ")
    texts, codes = one(data)
    assert texts[1:3] == ["FTX+PEÑA", "FTX+NUÑEZ"]
    assert "CHARSET" in codes


@pytest.mark.parametrize(
    ("syntax", "text", "found"),
    [
        ("UNOA", "EJEMPLO", None),
        ("UNOA", '0123456789 .,-()/=!%&*;<>"', None),
        ("UNOA", "A?'B?+C?:D??", None),
        ("UNOA", "PEÑA", None),
        ("UNOA", "EJEMPLo", "o"),
        ("UNOA", "ANA@EXAMPLE.ORG", "@"),
        ("UNOA", "UNO_dos", "_"),
        ("UNOA", "TWO\r\nLINES", None),
        ("UNOB", "Ejemplo", None),
        ("UNOB", "ana@example.org", "@"),
        ("UNOC", "ana@example.org", None),
        ("IATA", "ana@example.org", None),
        ("ZZZZ", "ana@example.org", None),
    ],
)
def test_a_sign_that_the_syntax_identifier_does_not_have_is_a_finding_at_its_place(
    syntax: str, text: str, found: str | None
) -> None:
    data = WHOLE.replace("UNOA", syntax).replace("BGM+745", f"FTX+{text}").encode()
    [(raw, segments)] = read(data)
    assert len(segments.texts) == 3
    places = [each.position for each in raw.findings if each.code == "CHARSET_EXCEEDED"]
    assert places == ([] if found is None else [data.index(b"FTX+") + 4 + text.index(found)])


def test_signs_beyond_the_repertoire_are_told_once_in_an_interchange_and_in_each() -> None:
    message = "UNH+1+PAXLST:D:05B:UN'BGM+745'FTX+{}'UNT+4+1'"
    sent = f"{UNB}{message.format('plain')}{message.format('again')}UNZ+2+77'"
    found = [finding for raw, _ in read((sent + sent).encode()) for finding in raw.findings]
    assert [each.position for each in found] == [sent.index("plain"), len(sent) + sent.index("plain")]
    assert {each.code for each in found} == {"CHARSET_EXCEEDED"}


def test_a_sign_far_inside_a_long_message_is_told_at_its_place() -> None:
    data = f"{UNB}UNH+1+PAXLST:D:05B:UN'{'FTX+PLAIN' * 3_000}'FTX+a'UNT+4+1'UNZ+1+77'".encode()
    [(raw, _)] = read(data)
    assert [each.position for each in raw.findings if each.code == "CHARSET_EXCEEDED"] == [data.index(b"a")]


def test_service_characters_that_una_declares_are_in_the_repertoire_and_the_header_is_looked_at_too() -> None:
    strange = "UNA|^.? ~UNB^UNOA|4^{}^Y^261122|1200^77~UNH^1^PAXLST|D|05B|UN~BGM^745~UNT^3^1~UNZ^1^77~"
    [(raw, _)] = read(strange.format("X").encode())
    assert list(raw.findings) == []
    [(raw, _)] = read(strange.format("x").encode())
    assert [(each.code, each.position) for each in raw.findings] == [("CHARSET_EXCEEDED", strange.index("{"))]
