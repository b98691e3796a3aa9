"""What is said back about messages: what we write, we and pydifact read back."""

import importlib
import string
import warnings
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.journey import Designator, FlightLeg
from torogoz.domain.manifest import Message
from torogoz.domain.response import Level, Report, Response
from torogoz.edifact.findings import CATALOGUE
from torogoz.edifact.writer import Element, Segment
from torogoz.messages import read
from torogoz.messages.bilateral import Ask, ackres_segments, govreq_segments
from torogoz.messages.contrl import ERRORS, acknowledged, contrl_segments
from torogoz.messages.cusres import ACKNOWLEDGEMENT, ANSWER, REVISION, Reply, cusres_segments
from torogoz.messages.outgoing import ACKRES, CONTRL, CUSRES, GOVREQ, Kind, Stamp, interchange
from torogoz.messages.render import as_json
from torogoz.messages.sensitive import contains_sensitive

WHEN = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
STAMP = Stamp("SVAPIS", "X1", WHEN, "1")
LEG = FlightLeg(
    Designator("X1", "570"),
    "LAX",
    "SAL",
    datetime(2026, 11, 22, 14, 0),  # noqa: DTZ001 - the wall clock of an airport
    datetime(2026, 11, 22, 21, 5),  # noqa: DTZ001 - likewise
)

_words = st.lists(st.text(string.ascii_letters + string.digits + "+:'?*.-/ñÑéłЖ", min_size=1, max_size=20), min_size=1)
# What speaks of health or belief is withheld from an answer, too: that has its own test.
_text = _words.map(" ".join).filter(lambda text: len(text) < 200 and not contains_sensitive(text))
_reference = st.text(string.ascii_uppercase + string.digits + "+:'?", min_size=1, max_size=35)
_response = st.builds(
    Response,
    st.sampled_from(Level),
    st.from_regex(r"[0-9][A-Z]", fullmatch=True),
    st.none() | _reference,
    st.none() | _reference,
    st.none() | _text,
)
_reply = st.builds(
    Reply,
    st.sampled_from((ANSWER, REVISION, ACKNOWLEDGEMENT)),
    st.none() | _reference,
    st.lists(st.just(LEG), max_size=3).map(tuple),
    st.lists(_response, max_size=10).map(tuple),
)


def read_one(data: bytes) -> Message:
    [message] = read(data)
    assert not message.findings
    return message


def theirs(data: bytes) -> list[tuple[str, list[object]]]:
    """The segments of the first message as pydifact reads them."""
    interchange_of = importlib.import_module("pydifact.segmentcollection").Interchange
    encoding = {b"UNOC": "iso8859-1", b"UNOY": "utf-8"}.get(data[13:17], "ascii")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        message = next(interchange_of.from_str(data.decode(encoding)).get_messages())
    return [(each.tag, list(each.elements)) for each in message.segments]


def as_theirs(segments: list[Segment]) -> list[tuple[str, list[object]]]:
    """What pydifact makes of segments: composites of one component, or of none that is filled, are simple values."""

    def value(element: Element) -> object:
        simple = isinstance(element, str) or not any(element[1:])
        return "".join(element) if simple else list(element)

    return [(str(tag), [value(each) for each in elements]) for tag, *elements in segments]


@given(_reply)
def test_every_answer_that_we_write_we_and_pydifact_read_back(reply: Reply) -> None:
    segments = cusres_segments(reply)
    data = interchange(CUSRES, [segments], STAMP)
    message = read_one(data)
    assert (message.type, message.function, message.transaction_number) == (
        "CUSRES",
        reply.function,
        reply.transaction or "",
    )
    assert message.flights == reply.flights
    assert message.responses == reply.responses
    assert theirs(data) == as_theirs(segments)


DELIVERY = (
    b"UNA:+.? 'UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1800+9'UNH+7+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:T?'1'TDT+20+X1570'"
    b"LOC+125+LAX'DTM+189:2611:201'UNT+9+7'UNH+8+PNRGOV:11:1:IA'MSG+:22'UNT+3+8'UNH+9+CUSDEC:D:96B:UN'UNT+2+9'"
    b"UNZ+3+9'"
)


def test_an_acknowledgement_names_each_error_with_its_segment_and_we_and_pydifact_read_it_back() -> None:
    about = acknowledged(DELIVERY, list(read(DELIVERY)))
    segments = contrl_segments(about, "X1", "SVAPIS")
    data = interchange(CONTRL, [segments], STAMP)
    assert read_one(data).reports == (
        Report("interchange", "9", "8"),
        Report("message", "7", "7"),
        Report("segment", error="12", segment=6),
        Report("segment", error="29", segment=7),
        Report("message", "8", "7"),
        Report("message", "9", "4"),
        Report("segment", error="15", segment=1),
    )
    assert theirs(data) == as_theirs(segments)
    assert [each[2] for each in segments if each[0] == "UCM"] == [
        ("PAXLST", "D", "05B", "UN", "IATA"),
        ("PNRGOV", "11", "1", "IA"),
        ("CUSDEC", "D", "96B", "UN"),
    ], "each says what it is as it was sent, also the one whose type is not read"


@pytest.mark.parametrize(
    ("said", "back"),
    [
        (b"PAXLST:D:05B:UN:IATA:A:B", ("PAXLST", "D", "05B", "UN", "IATA")),
        (b" PAXLST :D:no code: ", ("PAXLST", "D", "", "")),
        (b"EJEMPLO PRUEBA ANA", ("",)),
    ],
)
def test_what_a_header_says_of_its_type_is_said_back_but_for_what_is_no_code(
    said: bytes, back: tuple[str, ...]
) -> None:
    data = DELIVERY.replace(b"CUSDEC:D:96B:UN", said)
    assert acknowledged(data, list(read(data)))[-1].version == back


def test_a_header_without_a_type_is_acknowledged_by_what_was_read_of_it() -> None:
    data = DELIVERY.replace(b"+CUSDEC:D:96B:UN", b"")
    assert acknowledged(data, list(read(data)))[-1].version == ("", "")


def test_an_interchange_of_which_nothing_could_be_read_is_rejected_whole() -> None:
    data = b"no message"
    about = acknowledged(data, list(read(data)))
    assert contrl_segments(about, "", "SVAPIS") == [("UCI", "", "", "SVAPIS", "4")]


def test_an_element_in_error_is_read_with_its_place() -> None:
    data = interchange(CONTRL, [[("UCD", "12", ("2", "3")), ("UCD", "13", "2"), ("XXX", "1")]], STAMP)
    [message] = read(data)
    assert message.reports == (
        Report("element", error="12", element=2, component=3),
        Report("element", error="13", element=2),
    )
    assert [each.code for each in message.findings] == ["SEGMENT_UNKNOWN"]


def test_every_error_that_an_acknowledgement_tells_is_of_a_finding_that_exists() -> None:
    assert set(ERRORS) <= set(CATALOGUE)


def test_a_push_is_acknowledged_with_its_flight_and_errors_and_we_and_pydifact_read_it_back() -> None:
    first, second, _ = acknowledged(DELIVERY, list(read(DELIVERY)))
    for about, codes in ((first, ["12", "29"]), (second, [])):
        segments = ackres_segments(about)
        data = interchange(ACKRES, [segments], STAMP)
        message = read_one(data)
        assert (message.type, message.function) == ("ACKRES", "23")
        assert [each.code for each in message.responses] == codes
        assert message.flights[:1] == about.message.flights[:1]
        assert theirs(data) == as_theirs(segments)
    assert "DATE_UNREADABLE" in str(ackres_segments(first))


def test_a_question_for_bookings_names_flight_and_bookings_and_we_and_pydifact_read_it_back() -> None:
    segments = govreq_segments(Ask("SVAPIS", LEG, ("ABC123", "DEF456")))
    data = interchange(GOVREQ, [segments], STAMP)
    message = read_one(data)
    assert (message.type, message.function, message.flights) == ("GOVREQ", "22", (LEG,))
    assert [each.record_locator for each in message.bookings] == ["ABC123", "DEF456"]
    assert theirs(data) == as_theirs(segments)


@pytest.mark.parametrize(
    ("kind", "segments", "codes"),
    [
        (CUSRES, [("RFF", ("TN", "1"))], ["BGM_MISSING"]),
        (CUSRES, [("BGM", "962"), ("RFF", ("AF", "?"))], ["FLIGHT_UNREADABLE"]),
        (CUSRES, [("BGM", "962"), ("RFF", ("AVF", "A"))], ["OUT_OF_GROUP"]),
        (CUSRES, [("BGM", "962"), ("ERC", "0Z")], ["OUT_OF_GROUP"]),
        (CUSRES, [("BGM", "962"), ("ERP", "2"), ("FTX", "AAP", "", "", "A")], ["OUT_OF_GROUP"]),
        (CUSRES, [("BGM", "962"), ("ERP", "7")], ["CODE_UNKNOWN"]),
        (CUSRES, [("BGM", "962"), ("ERP", "2"), ("ERC", "")], ["CODE_UNKNOWN"]),
        (CUSRES, [("BGM", "962"), ("RFF", ("AF", "X1570")), ("DTM", ("189", "2"))], ["DATE_UNREADABLE"]),
        (
            CUSRES,
            [("BGM", "962"), ("RFF", ("AF", "X1570")), ("DTM", ("189", "2026-11-22T1400"))],
            ["DATE_FORMAT_MISMATCH"],
        ),
        (CUSRES, [("BGM", "962"), ("LOC",)], ["ELEMENT_MISSING"]),
        (CUSRES, [("BGM", "962"), ("XXX", "1")], ["SEGMENT_UNKNOWN"]),
        (ACKRES, [("ERC", "")], ["CODE_UNKNOWN", "BGM_MISSING"]),
        (GOVREQ, [("MSG", ("", "22")), ("TVL", ""), ("XXX", "1")], ["FLIGHT_OPEN", "SEGMENT_UNKNOWN"]),
    ],
)
def test_what_is_odd_in_an_answer_is_a_finding_and_the_rest_is_read(
    kind: Kind, segments: list[Segment], codes: list[str]
) -> None:
    [message] = read(interchange(kind, [segments], STAMP))
    assert message.readable
    assert [each.code for each in message.findings] == codes


def test_airports_that_come_arrival_first_and_after_their_times_are_put_in_order() -> None:
    segments: list[Segment] = [
        ("BGM", "962"), ("RFF", ("AF", "X1570")), ("LOC", "87", "SAL"), ("LOC", "125", "LAX"), ("LOC", "188", "X"),
        ("DTM", ("189", "2611221400", "201")), ("DTM", ("232", "2611222105", "201")), ("DTM", ("9", "261122")),
        ("NAD", "MS"), ("ERP", "2"), ("RFF", ("ZZZ", "1")), ("ERC", "0Z"), ("ERC", "4Z"),
    ]  # fmt: skip
    message = read_one(interchange(CUSRES, [segments], STAMP, common_reference="A/1"))
    assert message.flights == (LEG,)
    assert message.common_reference == "A/1"
    assert [each.code for each in message.responses] == ["0Z", "4Z"]


def test_a_text_that_speaks_of_health_is_withheld_from_an_answer() -> None:
    text = "PASSENGER IS A WHEELCHAIR USER MUSLIM"
    answer = [("BGM", "312"), ("ERP", "2"), ("ERC", "0Z"), ("FTX", "AAP", "", "", text)]
    push: list[Segment] = [("MSG", ("", "23")), ("IFT", "3", text)]
    for kind, segments in ((CUSRES, answer), (ACKRES, push)):
        message = read_one(interchange(kind, [segments], STAMP))
        assert message.withheld.total == 1
        assert not any(each.text for each in message.responses)


def test_signs_that_no_message_may_hold_become_blanks_in_what_we_send() -> None:
    data = interchange(CUSRES, [[("BGM", "962"), ("RFF", ("TN", "A\x1dB\nC"))]], STAMP)
    assert read_one(data).transaction_number == "A B C"


def test_the_contract_of_parse_holds_for_answers() -> None:
    response = Response(Level.TRAVELLER, "0Z", "X7K2PQ", "0001", "OK TO BOARD")
    data = interchange(CUSRES, [cusres_segments(Reply(ANSWER, "T1", (LEG,), (response,)))], STAMP)
    [printed] = [as_json(message) for message in read(data)]
    assert (printed["type"], printed["function"], printed["transaction"]["number"]) == ("CUSRES", "962", "T1")
    assert printed["responses"] == [
        {"level": "traveller", "record_locator": "X7K2PQ", "reference": "0001", "code": "0Z", "text": "OK TO BOARD"}
    ]
    [printed] = [as_json(message) for message in read(interchange(CONTRL, [[("UCI", "9", "A", "B", "8")]], STAMP))]
    assert printed["reports"][0]["action"] == "8"


def test_a_passenger_list_keeps_the_number_of_its_transaction() -> None:
    assert next(iter(read(DELIVERY))).transaction_number == "T'1"


def test_a_message_of_which_not_even_its_reference_could_be_read_is_not_named() -> None:
    about = acknowledged(DELIVERY, [*read(DELIVERY), *read(b"no message")])
    references = [each[1] for each in contrl_segments(about, "X1", "SVAPIS") if each[0] == "UCM"]
    assert references == ["7", "8", "9"]


def test_an_answer_about_a_flight_of_which_little_is_known_is_written_and_read_back() -> None:
    bare = FlightLeg(LEG.designator, departure_airport="LAX")
    segments = cusres_segments(Reply(ANSWER, None, (bare,), ()))
    assert segments == [("BGM", "962"), ("RFF", ("AF", "X1570")), ("LOC", "125", "LAX")]
    assert read_one(interchange(CUSRES, [segments], STAMP)).flights == (bare,)


def test_a_booking_without_locator_and_a_text_that_belongs_to_nothing_add_nothing() -> None:
    segments: list[Segment] = [("MSG", ("", "23")), ("RCI", ("X1", "")), ("IFT", "3", "TO NOBODY"), ("ERC", "12")]
    message = read_one(interchange(ACKRES, [segments], STAMP))
    assert message.bookings == ()
    assert message.responses == (Response(Level.MESSAGE, "12"),)


def test_an_error_that_stands_in_no_segment_of_its_message_is_told_with_the_message() -> None:
    data = DELIVERY.replace(b"UNZ+3+9'", b"")
    segments = contrl_segments(acknowledged(data, list(read(data))), "X1", "SVAPIS")
    assert [each[4:] for each in segments if each[0] == "UCM"] == [(), (), ("13",)]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("CALL +503", "UNOA"),
        ("Call", "UNOB"),
        ("CALL_US@EXAMPLE.ORG", "UNOC"),
        ("Ñ", "UNOC"),
        ("Ł", "UNOY"),
    ],
)
def test_what_we_write_names_the_smallest_alphabet_that_has_all_of_its_signs(text: str, identifier: str) -> None:
    reply = Reply(ANSWER, None, (), (Response(Level.MESSAGE, "0", text=text),))
    data = interchange(CUSRES, [cusres_segments(reply)], STAMP)
    assert data[9:].startswith(f"UNB+{identifier}:4+".encode())
    assert read_one(data).responses[0].text == text
