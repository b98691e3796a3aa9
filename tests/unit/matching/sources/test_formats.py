"""Lists of every format from hostile bytes: what is recognised, what is refused whole, and what stays bounded."""

from __future__ import annotations

import json
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.matching.sources.test_golden import GIVEN, GOLDEN, TODAY, TOPICS
from torogoz.domain.dates import PartialDate
from torogoz.domain.watchlist import Entry
from torogoz.errors import AuthorError
from torogoz.matching.sources import birth_dates, ftm, listed, ofac_csv, xml
from torogoz.matching.sources.birth_dates import Dates, about, english, iso, years
from torogoz.matching.sources.formats import ListFormat, Reading, read, recognised
from torogoz.matching.sources.left_out import LEFT, Left, told
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow
from torogoz.matching.sources.states import state
from torogoz.matching.sources.topics import GROUNDS, POLITICAL, Ground
from torogoz.matching.sources.topics import TOPICS as KNOWN

MIB = 1024 * 1024
SDN = "<sdnList><sdnEntry><uid>1</uid><lastName>EJEMPLO</lastName><sdnType>Individual</sdnType>{}</sdnEntry></sdnList>"
PERSON = {"id": "inv-1", "schema": "Person", "properties": {"name": ["Ana Ejemplo"], "topics": ["sanction"]}}


def items(chunks: Iterable[bytes], reading: Reading | None = None) -> list[Entry | RefusedRow]:
    """Everything that a file gives."""
    return list(read(reading or Reading(), chunks, GIVEN, TODAY))


def person(**properties: object) -> bytes:
    """A line with a person."""
    return json.dumps(PERSON | {"properties": PERSON["properties"] | properties}).encode() + b"\n"  # type: ignore[operator]


def faults(found: Entry | RefusedRow) -> tuple[CellFault, ...]:
    """What is wrong with a row."""
    assert isinstance(found, RefusedRow)
    return found.faults


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"id,names,birth_date,nationality,sex,document_numbers\n", ListFormat.CSV),
        (b"\xef\xbb\xbfNumber, Type,ISSUER\r\n", ListFormat.STOLEN),
        (b'"number","issuer"', ListFormat.STOLEN),
        (b' \n{"id":"x"', ListFormat.FTM),
        (b'36,"EJEMPLO",-0- ,', ListFormat.OFAC_CSV),
        (b'\xef\xbb\xbf<?xml version="1.0"?><sdnList>', ListFormat.OFAC_XML),
        (b'<?xml version="1.0"?>\n<CONSOLIDATED_LIST dateGenerated="">', ListFormat.UN_XML),
        ("\ufeff<CONSOLIDATED_LIST>".encode("utf-16-le"), ListFormat.UN_XML),
        ("\ufeff<sdnList>".encode("utf-16-be"), ListFormat.OFAC_XML),
        (b"", ListFormat.CSV),
        (b"\0\0\0", ListFormat.CSV),
    ],
)
def test_a_format_is_recognised_by_how_a_file_begins(head: bytes, expected: ListFormat) -> None:
    """With marks, blanks and either byte order; what begins like none of the others is our own."""
    assert recognised(head) is expected


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"BZh9"])
@pytest.mark.parametrize("asked", [None, ListFormat.FTM])
def test_an_archive_is_refused_in_every_format(head: bytes, asked: ListFormat | None) -> None:
    """Whoever imports a list unpacks it: nothing is inflated here."""
    with pytest.raises(AuthorError, match="archive"):
        items([head], Reading(asked))


@given(content=st.binary(max_size=400), asked=st.sampled_from(ListFormat), size=st.integers(1, 50))
@example(content=b"<" * 40, asked=ListFormat.UN_XML, size=1)
@example(content=b'{"id":1}\n{"id":"\\ud800","schema":"Person"}', asked=ListFormat.FTM, size=3)
def test_any_bytes_are_entries_refusals_or_a_refusal_of_the_whole(content: bytes, asked: ListFormat, size: int) -> None:
    """Never another exception, however the bytes are cut."""
    topics = TOPICS if asked is ListFormat.FTM else ()
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    try:
        found = items(pieces, Reading(asked, topics, again=[content]))
    except AuthorError:
        return
    assert all(isinstance(each, Entry | RefusedRow) for each in found)


@given(path=st.sampled_from(GOLDEN), data=st.data())
def test_a_damaged_list_is_entries_refusals_or_a_refusal_of_the_whole(path: Path, data: st.DataObject) -> None:
    """A golden file with bytes cut, doubled or overwritten anywhere."""
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    damaged = content[:start] + data.draw(st.binary(max_size=20)) + content[end:]
    reading = Reading(recognised(content), TOPICS if path.suffix == ".jsonl" else (), again=[damaged])
    try:
        found = items([damaged], reading)
    except AuthorError:
        return
    assert all(isinstance(each, Entry | RefusedRow) for each in found)


def test_what_is_asked_of_another_format_is_refused_not_passed_over() -> None:
    """Topics and a second file belong to one format each."""
    with pytest.raises(AuthorError, match="topics"):
        items([b"id,names"], Reading(topics=("sanction",)))
    with pytest.raises(AuthorError, match="aliases"):
        items([b"<sdnList/>"], Reading(aliases=[]))


@pytest.mark.parametrize("asked", [(), ("role.journo",), ("sanction", "no-such-topic"), ("rel",)])
def test_persons_are_admitted_only_by_topics_that_are_chosen_and_are_grounds(asked: tuple[str, ...]) -> None:
    """No choice, an unknown topic, and what a person believes or works as (LR-73): the whole list is refused."""
    with pytest.raises(AuthorError) as refused:
        items([person()], Reading(topics=asked))
    assert "no-such-topic" not in refused.value.text
    assert "sanction" in refused.value.remedy or not asked


@pytest.mark.parametrize("topic", sorted(POLITICAL))
def test_a_political_topic_is_refused_by_line_unless_it_is_asked_for_by_name(topic: str) -> None:
    """Politically exposed persons and those close to them; asked for, they are admitted."""
    (refused,) = items([person(topics=[topic])], Reading(topics=("sanction",)))
    assert faults(refused) == (CellFault(Fault.POLITICAL, "topics"),)
    assert isinstance(refused, RefusedRow)
    assert refused.text("en").startswith("line 1: topics: holds a political office")
    (taken,) = items([person(topics=[topic])], Reading(topics=(topic,)))
    assert isinstance(taken, Entry)


@pytest.mark.parametrize(
    ("content", "topics"),
    [
        (person(topics=["debarment"]), ("sanction",)),
        (b'{"id":"c","schema":"Company"}', ("sanction",)),
        (b"<CONSOLIDATED_LIST/>", ()),
        (SDN.format("").replace("Individual", "Entity").encode(), ()),
        (b'1,"BUQUE","vessel"' + b",-0- " * 9, ()),
    ],
    ids=["topic", "companies", "un", "entities", "vessels"],
)
def test_a_published_list_that_names_nobody_is_refused_whole(content: bytes, topics: tuple[str, ...]) -> None:
    """A wrong topic or the wrong file must not empty a list."""
    with pytest.raises(AuthorError, match="names nobody"):
        items([content], Reading(topics=topics))


def test_every_topic_and_every_reason_has_words_in_both_languages() -> None:
    """What the form and the report show."""
    assert all(set(topic.words) == {"es", "en"} for topic in KNOWN.values())
    assert all(KNOWN[code].ground is not Ground.NEVER for code in GROUNDS)
    assert {code for code in KNOWN if code not in GROUNDS}
    assert all(set(words) == {"es", "en"} for words in LEFT.values())
    assert set(LEFT) == set(Left)
    assert told(Counter({Left.DATE: 2, Left.KIND: 1200}), "en") == [
        "records that are no persons (organisations, vessels, addresses): 1,200",
        "birth dates that cannot be read: 2",
    ]


def test_a_long_line_of_entities_costs_itself_only_and_is_never_held() -> None:
    """Also the first, since this format has no header."""
    long = [b'{"id":"', *[b"x" * 65_536] * 64, b'"}\n']
    tracemalloc.start()
    try:
        refused, taken = items([*long, person()], Reading(ListFormat.FTM, ("sanction",), again=iter(long)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert faults(refused) == (CellFault(Fault.TOO_LONG),)
    assert isinstance(taken, Entry)
    assert peak < 4 * MIB


def test_entities_that_nest_without_end_are_refused_by_line() -> None:
    """Neither a property that is read nor one that is passed over may exhaust the stack."""
    deep = b"[" * 100_000 + b"]" * 100_000
    lines = [
        b'{"id":"a","schema":"Person","properties":{"name":' + deep + b"}}\n",
        b'{"id":"a","schema":"Person","x":' + deep + b"}\n",
        person(),
    ]
    one, other, taken = items(lines, Reading(topics=("sanction",)))
    assert faults(one) == faults(other) == (CellFault(Fault.RECORD),)
    assert isinstance(taken, Entry)


def test_documents_beyond_what_is_held_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounded, and never silently."""
    monkeypatch.setattr(ftm, "MOST_LINKED", 1)
    document = {"id": "d", "schema": "Passport", "properties": {"holder": ["inv-1", {"id": "x"}], "number": ["A1234"]}}
    useless = {"id": "d", "schema": "Passport", "properties": {"holder": ["inv-1"], "number": ["-"]}}
    lines = [json.dumps(each).encode() + b"\n" for each in (useless, document, document)]
    reading = Reading(
        topics=("sanction",), again=[*lines, b'{"Passport"\n', b'{"id":"c","schema":"X","y":"Passport"}\n']
    )
    (taken,) = items([*lines, person()], reading)
    assert isinstance(taken, Entry)
    assert [each.number for each in taken.documents] == ["A1234"]
    assert reading.left == {Left.BESIDE: 3, Left.DOCUMENT: 1}


def test_aliases_beyond_what_is_held_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise of OFAC's second file."""
    monkeypatch.setattr(ofac_csv, "MOST_ALIASES", 1)
    reading = Reading(aliases=[b'1,1,"aka","UNO",-0- \n1,2,"aka","DOS",-0- \n"\n'])
    (taken,) = items([b'1,"EJEMPLO","individual"' + b",-0- " * 8 + b',"DOB 1970."\n'], reading)
    assert isinstance(taken, Entry)
    assert taken.names == ("EJEMPLO", "UNO")
    assert reading.left == {Left.BESIDE: 2}


def test_a_person_of_thousands_of_names_and_dates_keeps_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile entry is bounded and told, and stays an entry."""
    reading = Reading(topics=("sanction",))
    names = [f"Ana {number}" for number in range(listed.MOST_NAMES + 5)]
    dates = [f"1{number:03}" for number in range(listed.MOST_VALUES + 7)]
    (taken,) = items([person(name=names, birthDate=dates, weakAlias=["A" * 2_000, "Ñ"], idNumber=["1" * 90])], reading)
    assert isinstance(taken, Entry)
    assert (len(taken.names), len(taken.birth_dates)) == (listed.MOST_NAMES, listed.MOST_VALUES)
    assert reading.left == {Left.NAME: 7, Left.DATE: 7, Left.DOCUMENT: 1, Left.ALIAS: listed.MOST_NAMES - 200}


def test_a_publishers_birth_date_to_come_costs_the_date_and_is_counted() -> None:
    """What cannot be true is left out, as what cannot be read; the person stays."""
    reading = Reading(topics=("sanction",))
    (taken,) = items([person(birthDate=["1970-01-01", "2026-11-22", "2026-11-23", "2027"])], reading)
    assert isinstance(taken, Entry)
    assert taken.birth_dates == (PartialDate(1970, 1, 1), PartialDate(2026, 11, 22))
    assert reading.left == {Left.DATE: 2}


def test_an_id_with_control_signs_is_refused() -> None:
    """It would stand in clear beside the entry."""
    (refused,) = items([json.dumps(PERSON | {"id": "a\0b"}).encode()], Reading(topics=("sanction",)))
    assert faults(refused) == (CellFault(Fault.CONTROL, "id"),)


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sdnList/>',
        b'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><sdnList/>',
        b"<sdnList><sdnEntry>",
        b"<sdnList></sdnList><sdnList/>",
        b"<sdnList>\0</sdnList>",
        b'<?xml version="1.0" encoding="no-such"?><sdnList/>',
        b"<Sanctions/>",
        b"<a>" * 5,
        b"<sdnList>" + b"<a>" * 100_000,
        b"",
    ],
    ids=["entity", "external", "cut", "two-roots", "nul", "encoding", "advanced", "other", "deep", "empty"],
)
def test_a_document_that_is_no_whole_list_is_refused_whole(content: bytes) -> None:
    """Half a list must not replace the whole one, and a document type is never looked into."""
    with pytest.raises(AuthorError):
        items([content], Reading(ListFormat.OFAC_XML))


def test_a_tag_that_never_ends_is_refused_before_the_file_does() -> None:
    """The parser holds a tag until it ends: what it may hold is bounded."""
    given_chunks = []

    def endless() -> Iterator[bytes]:
        yield b'<sdnList><sdnEntry x="'
        while True:
            given_chunks.append(1)
            assert len(given_chunks) < 100, "it reads on"
            yield b"x" * 65_536

    with pytest.raises(AuthorError, match="longer than"):
        items(endless())


def test_a_refusal_in_xml_tells_the_publishers_number_since_lines_may_not() -> None:
    """Unless it might be anything."""
    nameless = SDN.replace("EJEMPLO", "...")
    (refused,) = items([nameless.format("").encode()])
    assert isinstance(refused, RefusedRow)
    assert refused.text("en").startswith("line 1 (entry 1): ")
    assert refused.text("es").startswith("línea 1 (entrada 1): ")
    (refused,) = items([nameless.replace("<uid>1", "<uid>1 = Ana").format("").encode()])
    assert isinstance(refused, RefusedRow)
    assert refused.entry is None


@pytest.mark.parametrize(
    "inside",
    ["<a/>" * (xml.MOST_ELEMENTS + 1), f"<remarks>{'x' * (xml.MOST_SIGNS + 1)}</remarks>"],
    ids=["many", "long"],
)
@pytest.mark.parametrize("asked", [ListFormat.OFAC_XML, ListFormat.UN_XML])
def test_an_entry_that_holds_too_much_costs_itself_only(inside: str, asked: ListFormat) -> None:
    """It is refused by line; what stands behind it loads."""
    whole = "<sdnEntry><uid>2</uid><lastName>MUESTRA</lastName><sdnType>Individual</sdnType></sdnEntry></sdnList>"
    content = SDN.format(inside).replace("</sdnList>", whole)
    if asked is ListFormat.UN_XML:
        for old, new in {"sdnList": "CONSOLIDATED_LIST", "sdnEntry": "INDIVIDUAL", "lastName": "FIRST_NAME"}.items():
            content = content.replace(old, new)
        content = content.replace("<uid>2</uid>", "<DATAID>2</DATAID>")
    refused, taken = items([content.encode()], Reading(asked))
    assert faults(refused) == (CellFault(Fault.TOO_LONG),)
    assert isinstance(taken, Entry)


def test_a_long_list_in_xml_is_read_in_the_memory_of_one_entry() -> None:
    """Entries are let go once they are given, and what stands between them is never kept."""
    entry = SDN.format("")[len("<sdnList>") : -len("</sdnList>")]

    def long() -> Iterator[bytes]:
        yield b"<sdnList>"
        for number in range(5_000):
            yield entry.replace("<uid>1", f"<uid>{number}").encode() + b"<other>text</other>" * 10
        yield b"</sdnList>"

    tracemalloc.start()
    try:
        found = sum(isinstance(each, Entry) for each in read(Reading(), long(), GIVEN, TODAY))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == 5_000
    assert peak < 4 * MIB


def test_what_is_read_does_not_depend_on_how_the_file_is_cut() -> None:
    """Piece by piece of any size, a list is the same list."""
    for path in GOLDEN:
        content = path.read_bytes()
        topics = TOPICS if path.suffix == ".jsonl" else ()
        whole = items([content], Reading(topics=topics, again=[content]))
        pieces = [content[start : start + 7] for start in range(0, len(content), 7)]
        assert items(pieces, Reading(topics=topics, again=pieces)) == whole, path.name


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("sv", "SLV"),
        ("SLV", "SLV"),
        ("El Salvador", "SLV"),
        ("Korea, North", "PRK"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("South Korea", "KOR"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Congo, Republic of the", "COG"),
        ("The Gambia", "GMB"),
        ("Burma", "MMR"),
        ("Macedonia, The Former Yugoslav Republic of", "MKD"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("xk", "RKS"),
        ("gb-sct", "GBR"),
        ("Guinea-Bissau", "GNB"),
        ("suhh", None),
        ("possibly Palestinian", None),
        ("", None),
        ("of the", None),
    ],
)
def test_a_state_is_known_by_code_or_by_the_names_that_lists_use(said: str, code: str | None) -> None:
    """And what is in no table is not guessed."""
    assert state(said) == code


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("14 Jan 1970", (PartialDate(1970, 1, 14),)),
        ("4 September 1970", (PartialDate(1970, 9, 4),)),
        ("Jan 1970", (PartialDate(1970, 1),)),
        ("1970", (PartialDate(1970),)),
        ("circa 1970", tuple(map(PartialDate, (1969, 1970, 1971)))),
        ("Circa 14 Jan 1970", tuple(map(PartialDate, (1969, 1970, 1971)))),
        ("14 Jan 1970 to 20 Jan 1971", tuple(map(PartialDate, (1970, 1971)))),
        ("circa 1970-1971", tuple(map(PartialDate, (1970, 1971)))),
        ("1970 to 1979", tuple(map(PartialDate, range(1970, 1980)))),
        ("1970 to 1980", Left.RANGE),
        ("1980 to 1970", Left.DATE),
        ("31 Jun 1970", Left.DATE),
        ("1 Xyz 1970", Left.DATE),
        ("1970 to soon", Left.DATE),
        ("circa 0001", Left.DATE),
        ("0000", Left.DATE),
        ("١٩٧٠", Left.DATE),
        ("", Left.DATE),
    ],
)
def test_an_english_date_is_whole_partial_approximate_or_each_year_it_may_be(said: str, expected: Dates | Left) -> None:
    """As OFAC writes them; more than ten years, and what is no date, is left out with its reason."""
    assert english(said) == expected


def test_dates_in_iso_may_have_a_time_behind_them() -> None:
    """And nothing else."""
    assert iso("1988-02-29T00:00:00") == (PartialDate(1988, 2, 29),)
    assert iso("1988-02-30") is Left.DATE


@given(first=st.integers(-1, 10_001), last=st.integers(-1, 10_001))
def test_a_range_is_every_year_of_it_or_none(first: int, last: int) -> None:
    """Never more than ten, and never some of them."""
    found = years(first, last)
    if not isinstance(found, Left):
        assert [each.year for each in found] == list(range(first, last + 1))
        assert 1 <= len(found) <= birth_dates.MOST_YEARS
    assert about(1970) == years(1969, 1971)


def test_the_published_list_of_ofac_is_read_whole(samples: Path) -> None:
    """Public data of real people, read where it is at hand: no individual is refused, and nearly all have a date."""
    folder = samples.parent / "names-data" / "ofac"
    if not folder.exists():
        pytest.skip("no public lists here")
    reading = Reading(aliases=[(folder / "alt.csv").read_bytes()])
    found = items([(folder / "sdn.csv").read_bytes()], reading)
    entries = [each for each in found if isinstance(each, Entry)]
    assert len(entries) == len(found) > 4_000
    assert sum(bool(each.birth_dates) for each in entries) > 0.95 * len(entries)
    assert sum(len(each.names) for each in entries) > 2 * len(entries)
    assert reading.left[Left.DATE] < 10
    assert reading.left[Left.STATE] < 50
