"""Bookings in XML: what they say is what the EDIFACT of the same bookings says; hostile documents cost nothing."""

from __future__ import annotations

import gzip
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.unit.messages import rich
from tests.unit.messages.written_xml import push as written
from torogoz.domain.manifest import Message
from torogoz.edifact.limits import Limits
from torogoz.messages import read
from torogoz.messages.envelope import unpack
from torogoz.messages.render import as_json
from torogoz.messages.sensitive import redact
from torogoz.messages.sensitive_table import DEFAULT
from torogoz.messages.streaming import read_stream
from torogoz.synth.dialects import CARRIERS
from torogoz.synth.flights import flights_between
from torogoz.synth.render.envelope import Body, Stamp, interchange
from torogoz.synth.render.pnrgov import Colour, pnrgov_segments
from torogoz.synth.statements import push
from torogoz.synth.world import World, _Day

ANCHOR = datetime(2026, 11, 22, 18, tzinfo=UTC)
LEG = (
    '<FlightLeg CarrierCode="X1" FlightNumber="570" DepartureDateTime="2026-11-22T14:00:00">'
    '<DepartureAirport LocationCode="LAX"/><ArrivalAirport LocationCode="SAL"/></FlightLeg>'
)
FLIGHT = (
    LEG.replace("FlightLeg", "Flight")
    .replace("CarrierCode", "Carrier")
    .replace("</Flight>", '<MarketingAirline Code="X1"/></Flight>')
)
ANA = '<Passenger RPH="1"><GivenName>ANA</GivenName><Surname>EJEMPLO</Surname></Passenger>'
NAME = '<BookingRefID ID="X7K2PQ"/>'
#: What may differ between the two: it is said by envelopes.
OF_ENVELOPES = ("message", "version", "reference", "common_reference", "part", "findings")


def document(*bookings: str, leg: str = LEG, root: str = "") -> bytes:
    inner = "".join(f"<PNR>{each}</PNR>" for each in bookings)
    return (
        f'<IATA_PNRGOV_NotifRQ{root}><Originator AirlineCode="X1"/>{leg}'
        f'<PNRs NumberOfPnrs="{len(bookings)}">{inner}</PNRs></IATA_PNRGOV_NotifRQ>'
    ).encode()


def only(data: bytes, limits: Limits | None = None) -> Message:
    (message,) = read(data, limits) if limits else read(data)
    return message


def codes(message: Message) -> list[str]:
    return [each.code for each in message.findings]


@cache
def pushes() -> list[tuple[Message, list[Colour]]]:
    """Pushes of a day's flights, some bookings cancelled, split or shared; travellers go by their place."""
    flights = flights_between(ANCHOR, ANCHOR + timedelta(days=1))
    chosen = {flight.designator.carrier: flight for flight in flights}
    day = _Day(World.of(11, 2026), ANCHOR, list(chosen.values()))
    day.sell()
    day.check_in()
    found: list[tuple[Message, list[Colour]]] = []
    for load in day.loads:
        departure = load.flight.departs_at
        for since in (None, departure - timedelta(hours=48)):
            for message, colours in push(load, departure - timedelta(minutes=30), since):
                found.append((_by_place(message), colours))
    return found


def _by_place(message: Message) -> Message:
    """XML has no reference of a traveller beside their place in the booking."""
    places = {place: at + 1 for each in message.bookings for at, place in enumerate(each.travellers)}
    travellers = tuple(
        structs.replace(each, reference=str(places[place])) for place, each in enumerate(message.travellers)
    )
    return replace(message, travellers=travellers)


def edifact(message: Message, colours: list[Colour]) -> bytes:
    body = Body("PNRGOV", "1", "X", pnrgov_segments(message, colours))
    assert message.prepared_at
    stamp = Stamp(message.sender or "", "SV", message.prepared_at, "1")
    return interchange([body], stamp, replace(CARRIERS["X1"].dialect, syntax="UNOC:3"))


def test_the_same_bookings_in_xml_and_in_edifact_give_equal_json() -> None:
    """LR-02."""
    travellers = cancelled = shared = split = withheld = 0
    for message, colours in pushes():
        one, other = only(edifact(message, colours)), only(written(message, colours))
        left, right = as_json(one), as_json(other)
        for key in left.keys() - set(OF_ENVELOPES):
            assert left[key] == right[key], key
        assert codes(other) == []
        travellers += len(other.travellers)
        cancelled += sum(each.cancelled for each in other.bookings)
        split += sum(each.split_from is not None for each in other.bookings)
        shared += sum(leg.operating is not None for each in other.bookings for leg in each.itinerary)
        withheld += other.withheld.total
    assert min(travellers // 100, cancelled, split, shared, withheld) > 0


@settings(max_examples=60, deadline=None)
@given(rich.pushes())
def test_rich_bookings_give_equal_json_in_xml_and_in_edifact(sent: tuple[bytes, bytes]) -> None:
    """LR-02. Every group of the guide, in any combination, and elements in any order."""
    one, other = map(only, sent)
    left, right = as_json(one), as_json(other)
    for key in left.keys() - set(OF_ENVELOPES):
        assert left[key] == right[key], key
    assert codes(one) == codes(other)
    # A minor alone at the booking, or two of one name, may be any of its travellers.
    assert set(codes(one)) <= {"REQUEST_OF_NOBODY"}


@given(st.data())
def test_a_sensitive_word_anywhere_in_a_document_is_found_in_none_of_what_is_kept(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(("KOSHER", "WHEELCHAIR", "MOML", "SINDICALISTA", "silla de ruedas")))
    planted = data.draw(
        st.sampled_from(
            (
                f'<SSR SSR_Code="OTHS"><Text>{word}</Text></SSR>',
                f'<SSR SSR_Code="{word}"/>',
                f'<SSR SSR_Code="OTHS" Text="{word}"/>',
                f'<SSR SSR_Code="OTHS" Note="{word}"/>',
                f"<OSI><Text>{word}</Text></OSI>",
                f"<Remark>{word}</Remark>",
                f"<HistoryLine>{word}</HistoryLine>",
                f'<History><Change Action="A"><Remark>{word}</Remark></Change></History>',
                f'<History><Change Action="A"><SSR SSR_Code="SPML"><Text>{word}</Text></SSR></Change></History>',
                f"<Stranger>{word}</Stranger>",
                f'<Stranger Wish="{word}"/>',
                f"<Stranger><Within>{word}</Within></Stranger>",
                f"<!-- {word} -->",
                f"<?note {word}?>",
                f"<![CDATA[{word}]]>",
                f"{word}",
                f'<NonAirService Code="8" Name="{word}"/>',
                f'<SSR SSR_Code="OTHS" Status="{word}"/>',
                f'<Passenger><Surname>X</Surname><FareInfo PTC_Code="{word}"/></Passenger>',
            )
        )
    )
    where = data.draw(st.sampled_from(("booking", "leg", "root", "cut")))
    sent = document(NAME + ANA + FLIGHT + planted)
    if where == "leg":
        sent = document(NAME + ANA + FLIGHT, leg=LEG.replace("</FlightLeg>", f"{planted}</FlightLeg>"))
    elif where == "root":
        sent = document(NAME + ANA + FLIGHT).replace(b"<PNRs", planted.encode() + b"<PNRs")
    elif where == "cut":
        sent = sent[: sent.rindex(b"</PNR>")]
    message = only(sent)
    assert word.encode() not in redact(sent, message)
    assert word not in repr((message.travellers, message.bookings))
    assert where == "cut" or message.withheld.total >= 1
    assert len(redact(sent, message)) == message.span.end - message.span.start


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<!DOCTYPE a SYSTEM "http://198.51.100.1/x.dtd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "<!DOCTYPE a>",
    ],
)
def test_a_document_type_is_refused_before_anything_of_it_is_expanded(head: str) -> None:
    message = only(head.encode() + document(NAME + ANA))
    assert (message.type, codes(message)) == (None, ["XML_ENTITY"])


def test_depth_elements_and_lengths_are_bounded_and_what_stood_before_is_kept() -> None:
    good = NAME + ANA + FLIGHT
    deep = only(document(good, "<a>" * 5000 + "</a>" * 5000))
    assert (codes(deep), [each.surname for each in deep.travellers]) == (["XML_TOO_DEEP"], ["EJEMPLO"])
    many = only(document(good, "<a/>" * 5000), Limits(segments=100))
    assert (codes(many), len(many.travellers)) == (["XML_TOO_LARGE"], 1)
    wide = only(document(good, "<a " + " ".join(f'b{n}="1"' for n in range(50)) + "/>"), Limits(elements=20))
    assert codes(wide) == ["XML_TOO_LARGE"]
    long = document(good + f'<OSI Code="{"kosher" * 100}">{"halal " * 100}</OSI>')
    cut = only(long, Limits(segment_length=200))
    assert codes(cut) == ["SEGMENT_TOO_LONG"]
    assert b"kosher" not in redact(long, cut)
    assert b"halal" not in redact(long, cut)


def test_a_huge_document_costs_no_more_memory_than_a_few_times_its_bytes() -> None:
    sent = document(*[NAME + ANA + "<a><b/></a>" * 20] * 1000)
    tracemalloc.start()
    (message,) = read(sent)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(message.bookings) == 1000
    assert peak < 15 * len(sent)


@given(st.binary(max_size=80), st.integers(0, 400))
def test_any_bytes_in_a_document_are_read_without_failing(junk: bytes, place: int) -> None:
    sent = document(NAME + ANA + FLIGHT)
    for message in read(sent[:place] + junk + sent[place:]):
        assert len(redact(sent[:place] + junk + sent[place:], message)) == message.span.end - message.span.start


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "iso-8859-1"])
def test_other_encodings_are_read_as_the_document_declares_them(codec: str) -> None:
    text = document(NAME + ANA.replace("ANA", "ZOÉ") + '<SSR SSR_Code="MOML"/>').decode()
    bom = "\ufeff" if codec == "utf-16-be" else ""
    sent = f'{bom}<?xml version="1.0" encoding="{codec.partition("-be")[0]}"?>{text}'.encode(codec)
    message = only(sent)
    assert [each.given_names for each in message.travellers] == ["ZOÉ"]
    assert b"MOML" not in redact(unpack(sent).data, message)


def test_several_pushes_in_one_envelope_are_several_messages() -> None:
    one, other = document(NAME + ANA), document(NAME.replace("X7K2PQ", "Y8M3RS") + ANA)
    sent = b"<s:Envelope xmlns:s='urn:s'><s:Body>" + one + b"\n" + other + b"</s:Body></s:Envelope>"
    first, second = read(sent)
    assert [first.number, second.number] == [1, 2]
    assert sent[first.span.start : first.span.end] == one
    assert sent[second.span.start : second.span.end] == other
    assert first.content != second.content
    limited = list(read(sent, Limits(messages=1)))
    assert [each.type for each in limited] == ["PNRGOV", None]
    assert codes(limited[1]) == ["TOO_MANY_MESSAGES"]


def test_the_same_push_written_otherwise_is_a_duplicate_by_its_content() -> None:
    sent = document(NAME + ANA + FLIGHT)
    other = sent.replace(b"><", b">\n  <").replace(b"<IATA_PNRGOV_NotifRQ", b'<IATA_PNRGOV_NotifRQ EchoToken="9"', 1)
    assert only(sent).content == only(other).content
    assert only(other).reference == "9"


@pytest.mark.parametrize(("said", "function"), [("22", "22"), ("141", "141"), ("7", None), ("", None)])
def test_a_push_counts_as_whole_only_where_it_says_so(said: str, function: str | None) -> None:
    assert only(document(NAME + ANA, root=f' MessageFunction="{said}"')).function == function


def test_what_is_odd_is_noted_with_its_element_and_its_place() -> None:
    flight = FLIGHT.replace("2026-11-22T14:00:00", "yesterday")
    sent = document(ANA + flight)
    assert [(each.code, each.segment, each.position) for each in only(sent).findings] == [
        ("DATE_UNREADABLE", "Flight", sent.index(b"<Flight ")),
        ("LOCATOR_MISSING", "PNR", sent.index(b"<PNR>")),
    ]


def test_every_value_knows_its_bytes() -> None:
    docs = '<DOC_SSR SSR_Code="DOCS"><DOCS TravelDocNbr="A1" Surname="EJEMPLO" Gender="F"/></DOC_SSR>'
    sent = document(NAME + ANA.replace("</Passenger>", f"{docs}</Passenger>"))
    (one,) = only(sent).travellers
    said = {each.field: sent[each.start : each.end].decode() for each in one.origins}
    assert said["surname"] == "<GivenName>ANA</GivenName><Surname>EJEMPLO</Surname>"
    assert said["documents"] == '<DOCS TravelDocNbr="A1" Surname="EJEMPLO" Gender="F"/>'


def test_what_is_modelled_after_the_groups_of_edifact_is_read() -> None:
    rest = (
        f"{FLIGHT.replace('</Flight>', _CHECK_IN + '</Flight>')}"
        '<SplitPNR NumberOfPassengers="2"><BookingRefID ID="Y8M3RS"><CompanyName Code="X1"/></BookingRefID></SplitPNR>'
        '<NonAirService Code="8" StartDateTime="2026-11-23T15:00" EndDateTime="2026-11-25T11:00" LocationCode="SAL"'
        ' Name="HOTEL INVENTADO" CompanyCode="HI" Number="77"/>'
        '<History DateTime="2026-11-02T08:00:00-06:00" PseudoCityCode="SALX100"><Change Action="X">'
        "<Passenger><Surname>FICTICIO</Surname><GivenName>LUIS</GivenName></Passenger>"
        f'<SSR SSR_Code="OTHS"/>{FLIGHT}</Change></History>'
    )
    message = only(document(NAME + ANA + rest))
    (booking,) = message.bookings
    assert booking.split_from == "Y8M3RS"
    assert [(each.kind, each.name, each.number) for each in booking.services] == [("hotel", "HOTEL INVENTADO", "77")]
    assert [(each.action, each.what, each.value, each.by) for each in booking.changes] == [
        ("cancelled", "name", "FICTICIO/LUIS", "SALX100"),
        ("cancelled", "request", "OTHS", "SALX100"),
        ("cancelled", "flight", "X1570 LAX-SAL 2026-11-22", "SALX100"),
    ]
    assert booking.changes[0].at == datetime(2026, 11, 2, 14, tzinfo=UTC)
    (one,) = message.travellers
    assert (one.seat, one.checked_in) == ("12A", True)
    assert codes(message) == []


_CHECK_IN = '<CheckInInfo RPH="1"><SeatNumber>12A</SeatNumber></CheckInInfo>'


def test_a_check_in_inside_its_passenger_is_of_the_flight_that_is_pushed() -> None:
    ana = ANA.replace("</Passenger>", _CHECK_IN.replace(' RPH="1"', "") + "</Passenger>")
    (one,) = only(document(NAME + ana + FLIGHT)).travellers
    assert (one.seat, one.checked_in) == ("12A", True)


@pytest.mark.parametrize(
    ("sent", "expiry"), [("2029-12", "2029-12"), ("1229", "2029-12"), ("12/29", "2029-12"), ("soon", None)]
)
def test_the_month_of_a_card_is_read_however_it_is_written(sent: str, expiry: str | None) -> None:
    paid = f'<TicketDocument TicketDocumentNbr="1"><PaymentInfo PaymentType="CC" ExpiryDate="{sent}"/></TicketDocument>'
    (booking,) = only(document(NAME + ANA.replace("</Passenger>", f"{paid}</Passenger>"))).bookings
    assert [each.expiry for each in booking.payments] == [expiry]


@pytest.mark.parametrize(
    ("sent", "created"),
    [
        ("2026-11-01T23:30:00-06:00", datetime(2026, 11, 2, 5, 30, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("0001-01-01T00:00+09:00", None),
        ("2026-13-01T00:00+09:00", None),
    ],
)
def test_times_of_a_booking_are_utc_by_their_offset(sent: str, created: datetime | None) -> None:
    (booking,) = only(document(NAME + ANA).replace(b"<PNR>", f'<PNR PNR_CreationDate="{sent}">'.encode())).bookings
    assert booking.created_at == created


def test_without_its_flight_a_push_says_no_flight_and_cut_before_it_nothing() -> None:
    message = only(document(NAME + ANA, leg=""))
    assert (message.flights, len(message.travellers)) == ((), 1)
    cut = only(document(NAME + ANA)[:60])
    assert (cut.type, codes(cut)) == (None, ["XML_CUT"])
    assert codes(only(b"<a>PNRGOV_NotifRQ</a>")) == ["NO_MESSAGE"]
    assert codes(only(b"<a>PNRGOV_NotifRQ")) == ["XML_CUT"]


def test_what_stands_at_a_passenger_or_a_flight_is_theirs() -> None:
    ana = ANA.replace(
        "</Passenger>",
        '<CustLoyalty ProgramID="X1" MembershipID="12345678"/><ExcessBaggage UnitOfMeasureQuantity="2"/>'
        '<SSR SSR_Code="FQTV"><Text>X2 87654321</Text></SSR><SSR SSR_Code="UMNR"/></Passenger>',
    )
    flight = FLIGHT.replace("</Flight>", '<BookingRefID ID="Q9"><CompanyName Code="X2"/></BookingRefID></Flight>')
    seat = '<SSR SSR_Code="SEAT" BoardPoint="LAX" OffPoint="SAL" RPH="1"><SeatNumber>14C</SeatNumber></SSR>'
    message = only(document(NAME + seat + ana + flight + "<!-- made by a test -->"))
    (one,), (booking,) = message.travellers, message.bookings
    assert [(each.carrier, each.number) for each in one.frequent_flyer] == [("X1", "12345678"), ("X2", "87654321")]
    assert (one.seat, one.unaccompanied, booking.bags) == ("14C", True, 2)
    assert [(each.carrier, each.locator) for each in booking.locators] == [("X2", "Q9")]
    assert message.withheld.total == 0


def test_what_a_state_adds_to_the_table_of_sensitive_data_is_withheld_here_too() -> None:
    sent = document(NAME + ANA + '<SSR SSR_Code="PETC"/><SSR SSR_Code="OTHS"><Text>A DRUID</Text></SSR><X>druid</X>')
    (message,) = read(sent, table=DEFAULT.changed(["ssr: PETC", "word: druid"], []))
    assert (message.withheld.ssr, message.withheld.free_text) == (1, 2)
    assert b"druid" not in redact(sent, message).lower()


def test_documents_that_follow_each_other_are_read_all_whatever_stands_between() -> None:
    one, other = document(NAME + ANA), document(NAME.replace("X7K2PQ", "Y8M3RS") + ANA)
    sent = b"To: the centre\r\n" + one + b"\r\nNNNN\r\n<?xml version='1.0'?>" + other + b"\x00 bye <br> PNRGOV"
    first, second = read(sent)
    assert [first.number, second.number] == [1, 2]
    assert [each.bookings[0].record_locator for each in (first, second)] == ["X7K2PQ", "Y8M3RS"]
    assert [sent[each.span.start : each.span.end] for each in (first, second)] == [one, other]
    assert codes(first) == codes(second) == []
    assert [(each.type, codes(each)) for each in read(sent, Limits(interchanges=1))] == [
        ("PNRGOV", []), (None, ["TOO_MANY_INTERCHANGES"]),
    ]  # fmt: skip
    assert [(each.type, codes(each)) for each in read(sent, Limits(messages=1))] == [
        ("PNRGOV", []), (None, ["TOO_MANY_MESSAGES"]),
    ]  # fmt: skip


def test_a_document_of_another_kind_before_a_push_hides_nothing() -> None:
    (message,) = read(b"<note>hello</note>\r\n" + document(NAME + ANA))
    assert (message.number, len(message.bookings)) == (1, 1)


def test_a_document_behind_an_interchange_is_none_of_its_own() -> None:
    interchange = b"UNB+UNOA:4+X1+SV+261122:1200+7'UNH+1+PAXLST:D:05B:UN'BGM+745'UNT+3+1'UNZ+1+7'"
    assert [each.type for each in read(interchange + document(NAME + ANA))] == ["PAXLST"]


@given(st.integers(1, 300))
def test_a_document_that_comes_in_pieces_or_packed_is_the_same(size: int) -> None:
    sent = document(NAME + ANA + FLIGHT)
    pieces = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert list(read_stream(pieces)) == list(read(sent)) == list(read(gzip.compress(sent)))


def test_a_push_cut_off_between_two_bookings_keeps_what_was_whole() -> None:
    sent = document(NAME + ANA, NAME.replace("X7K2PQ", "Y8M3RS") + ANA)
    message = only(sent[: sent.rindex(b"</PNRs>")])
    assert len(message.bookings) == 2
    assert len(redact(sent, message)) <= len(sent)
