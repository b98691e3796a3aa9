"""Lists and queries from CSV: what is admitted, and what each hostile file gets. All people are invented."""

from __future__ import annotations

import csv
import re
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import Entry, ListAction
from torogoz.errors import AuthorError
from torogoz.matching.query import Query
from torogoz.matching.sources.csv import (
    LIST_COLUMNS,
    QUERY_COLUMNS,
    TERM_COLUMNS,
    read_list,
    read_queries,
    read_watchlist,
)
from torogoz.matching.sources.formats import ListFormat, Reading, read
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.rows import FAULTS, MAX_LINE_BYTES, CellFault, Fault, RefusedRow, cells_of
from torogoz.messages.sensitive_table import DEFAULT

TODAY = date(2026, 11, 22)
HEADER = ",".join(LIST_COLUMNS)
WHOLE_HEADER = ",".join([*LIST_COLUMNS, *TERM_COLUMNS])
GIVEN = {
    "owner": "Fiscalía",
    "legal_basis": "Ley de prueba, art. 1",
    "purpose": "serious_crime",
    "grade": "B2",
    "review_on": "2027-01-31",
}
ROW = "W-1,MARIA GARCIA;M. Garcia,1988-02-11,SLV;GTM,F,SLV:P:A01234567;B7654321"


def entries(*lines: str) -> list[Entry | RefusedRow]:
    """Read a list of these lines under the plain header."""
    return list(read_list(["\n".join([HEADER, *lines]).encode()]))


def admitted(line: str, header: str = WHOLE_HEADER, **given: str) -> Entry | RefusedRow:
    """Admit one row of a watchlist."""
    (found,) = read_watchlist([f"{header}\n{line}".encode()], given, TODAY)
    return found


def read_rows_of(header: str, *lines: str, left: Counter[Left], **given: str) -> list[Entry | RefusedRow]:
    """Admit rows under a header with the terms of the contract, and count what nobody said."""
    reading = Reading(ListFormat.CSV, left=left)
    return list(read(reading, ["\n".join([header, *lines]).encode()], GIVEN | given, TODAY))


def refusal(item: object) -> list[tuple[Fault, str | None]]:
    """What is wrong with a row."""
    assert isinstance(item, RefusedRow)
    return [(each.fault, each.column) for each in item.faults]


def test_a_row_becomes_an_entry() -> None:
    """Names, partial dates, states, sex and documents as the contract writes them."""
    assert entries(ROW, "W-2,,,,,x1234", "W-3,Núñez,1960-07,,m,") == [
        Entry(
            "W-1",
            ("MARIA GARCIA", "M. Garcia"),
            (PartialDate(1988, 2, 11),),
            ("SLV", "GTM"),
            "F",
            (Document("A01234567", "P", "SLV"), Document("B7654321")),
        ),
        Entry("W-2", documents=(Document("x1234"),)),
        Entry("W-3", ("Núñez",), (PartialDate(1960, 7),), sex="M"),
    ]


def test_a_state_is_the_same_by_whichever_of_its_codes_it_is_listed() -> None:
    """Germany is D in its documents and DEU in lists of passengers: one listed passport must be found by either."""
    for code in ("D", "DE", "deu"):
        (found,) = entries(f"W-1,ERIKA MUSTERFRAU,,{code},,{code}:P:C01X00T47")
        assert isinstance(found, Entry)
        assert (found.nationalities, found.documents) == (("DEU",), (Document("C01X00T47", "P", "DEU"),))


def test_columns_may_stand_in_any_order_with_marks_and_line_ends_of_any_system() -> None:
    """A byte-order mark, capital letters, blanks, CRLF, quoted commas and blank lines are read."""
    text = (
        '\ufeffNames , ID,sex,nationality,birth_date,document_numbers\r\n"GARCIA, ""MARI"" ANA", W-1 ,,,1988,\r\n\r\n'
    )
    assert list(read_list([text.encode()])) == [Entry("W-1", ('GARCIA, "MARI" ANA',), (PartialDate(1988),))]


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (",ANA,,,,", [(Fault.MISSING, "id")]),
        ("W-1,,1988,,,", [(Fault.NOBODY, None)]),
        ("W-1,...;',,,,", [(Fault.NOBODY, None)]),
        ("W-1,𞤀𞤥𞤢𞤣𞤵;𐌰𐌽𐌰,1988,GIN,M,", [(Fault.SCRIPT, "names")]),
        ("W-1,ANA,1988-02-30,,,", [(Fault.NOT_A_DATE, "birth_date")]),
        ("W-1,ANA,1988;;1988-02-110,,,", [(Fault.NOT_A_DATE, "birth_date")]),
        ("W-1,ANA,11/02/1988,,,", [(Fault.NOT_A_DATE, "birth_date")]),
        ("W-1,ANA,,El Salvador,,", [(Fault.UNREADABLE, "nationality")]),
        ("W-1,ANA,,,female,", [(Fault.NOT_IN_TABLE, "sex")]),
        ("W-1,ANA,,,F;M,", [(Fault.UNREADABLE, "sex")]),
        ("W-1,ANA,,,,...", [(Fault.UNREADABLE, "document_numbers")]),
        ("W-1,ANA,,,,SLV:A1234567", [(Fault.UNREADABLE, "document_numbers")]),
        ("W-1,=HYPERLINK(1),,,,", [(Fault.FORMULA, "names")]),
        ("W-1,ANA; @cmd,,,,", [(Fault.FORMULA, "names")]),
        ("@W-1,+ANA,-1,,,", [(Fault.FORMULA, "id"), (Fault.FORMULA, "names"), (Fault.FORMULA, "birth_date")]),
        ("W-1,AN\x00A,,,,", [(Fault.CONTROL, "names")]),
        ("W-1,ANA,,,", [(Fault.CELLS, None)]),
        ("W-1,ANA,,,,,", [(Fault.CELLS, None)]),
        ('W-1,"ANA,,,,', [(Fault.QUOTES, None)]),
        (f"W-1,{'A' * 1_001},,,,", [(Fault.CELL_TOO_LONG, "names")]),
        (f"{'W' * 81},ANA,,,,", [(Fault.CELL_TOO_LONG, "id")]),
        (f"W-1,{'A' * MAX_LINE_BYTES},,,,", [(Fault.TOO_LONG, None)]),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason_and_the_rest_loads(
    line: str, faults: list[tuple[Fault, str | None]]
) -> None:
    """One bad row costs no other, and its refusal names line and column and nothing that stood there."""
    before, refused, after = entries("A-1,ANA,,,,", line, "A-2,LUZ,,,,")
    assert refusal(refused) == faults
    assert isinstance(refused, RefusedRow)
    assert refused.line == 3
    assert [each.id for each in (before, after) if isinstance(each, Entry)] == ["A-1", "A-2"]
    assert "line 3" in refused.text("en")
    assert "línea 3" in refused.text("es")
    assert "ANA" not in refused.text("en") + refused.text("es")


def test_a_name_in_another_script_is_taken_beside_its_latin_spelling_or_a_document() -> None:
    """What is refused says what helps, and what helps is taken."""
    refused, spelled, documented = entries("W-1,𞤀𞤥𞤢𞤣𞤵,,,,", "W-2,𞤀𞤥𞤢𞤣𞤵;AMADU,,,,", "W-3,𞤀𞤥𞤢𞤣𞤵,,,,GIN:P:700123456")
    assert isinstance(refused, RefusedRow)
    assert "add its Latin spelling" in refused.text("en")
    assert "forma latina" in refused.text("es")
    assert isinstance(spelled, Entry)
    assert isinstance(documented, Entry)


@pytest.mark.parametrize("name", ["Иван Петров", "王小明", "محمد", "Γιώργος", "בנימין", "김민준", "さくら", "ប៉ុល"])
def test_a_name_in_a_script_that_is_read_is_taken_by_itself(name: str) -> None:
    """Its Latin spellings are made from it, so that its owner need not add one."""
    (taken,) = list(read_list([f"{HEADER}\nW-1,{name},,,,\n".encode()]))
    assert isinstance(taken, Entry)


def test_a_second_row_of_one_id_is_refused() -> None:
    """An id names one entry; the first row stands."""
    first, second = entries("W-1,ANA,,,,", "W-1,LUZ,,,,")
    assert isinstance(first, Entry)
    assert refusal(second) == [(Fault.DUPLICATE, "id")]


def test_ids_that_differ_by_blanks_are_one_and_by_case_are_two() -> None:
    """Nobody sees how many blanks a page has; publishers do tell persons apart by a letter's case."""
    first, second, third = entries("W  1,ANA,,,,", "W\u00a01,LUZ,,,,", "w 1,EVA,,,,")
    assert isinstance(first, Entry)
    assert isinstance(third, Entry)
    assert (first.id, third.id) == ("W 1", "w 1")
    assert refusal(second) == [(Fault.DUPLICATE, "id")]


def test_bytes_that_are_not_utf_8_refuse_their_line_only() -> None:
    """Latin-1 is not guessed: a wrong guess would look for another person."""
    found = list(read_list([HEADER.encode(), b"\nW-1,Mu\xf1oz,,,,\nW-2,LUZ,,,,\n"]))
    assert refusal(found[0]) == [(Fault.ENCODING, None)]
    assert isinstance(found[1], Entry)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        HEADER.encode("utf-16"),
        b"id;names;birth_date;nationality;sex;document_numbers\n",
        b"W-1,MARIA GARCIA,1988-02-11,SLV,F,A01234567\n",
        HEADER.encode() + b",gang\n",
        HEADER.encode() + b",id\n",
        b'"id\n',
        b"a" * (MAX_LINE_BYTES + 1),
    ],
)
def test_a_wrong_header_refuses_the_whole_file(content: bytes) -> None:
    """Nothing is loaded by guessing columns; what stands where a header should be is told by place, never repeated."""
    with pytest.raises(AuthorError) as refused:
        list(read_list([content]))
    assert "header" in str(refused.value)
    assert "GARCIA" not in str(refused.value)


def test_a_wrong_header_says_which_columns_are_missing_and_unknown() -> None:
    """The author sees what to write."""
    with pytest.raises(AuthorError, match=r"missing columns: sex, document_numbers.*at places: 2.*id,names") as refused:
        list(read_list([b"id,alias,names,birth_date,nationality\n"]))
    assert "alias" not in str(refused.value)


def test_a_line_of_a_gigabyte_costs_no_memory() -> None:
    """What is too long is passed over as it streams by; the entry after it is read."""
    piece = b"A" * 65_536

    def stream() -> Iterator[bytes]:
        yield HEADER.encode() + b"\nW-1,"
        for _ in range(16_384):
            yield piece
        yield b"\nW-2,LUZ,,,,"

    tracemalloc.start()
    try:
        refused, entry = read_list(stream())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * len(piece)
    assert refusal(refused) == [(Fault.TOO_LONG, None)]
    assert isinstance(entry, Entry)
    (last,) = read_list([HEADER.encode(), b"\n", b"A" * MAX_LINE_BYTES, b"A"])
    assert refusal(last) == [(Fault.TOO_LONG, None)]


def test_terms_are_admitted_from_the_row_or_for_the_whole_list() -> None:
    """A row's own term goes before the list's."""
    from_row = admitted(f"{ROW},PNC,Ley,Border control,robo,A1,P,arrest,2026-11-22")
    assert isinstance(from_row, Entry)
    assert from_row.terms is not None
    assert (from_row.terms.owner, from_row.terms.purpose) == ("PNC", Purpose.BORDER_CONTROL)
    assert from_row.terms.review_on == TODAY
    assert (from_row.terms.action, from_row.terms.gravity) == (ListAction.ARREST, 1)
    given = admitted(ROW, HEADER, **GIVEN)
    assert isinstance(given, Entry)
    assert given.terms is not None
    assert given.terms.owner == "Fiscalía"
    mixed = admitted(f"{ROW},PNC,,,,,,,", WHOLE_HEADER, **GIVEN, reason="robo", handling="2", action="refer")
    assert isinstance(mixed, Entry)
    assert mixed.terms is not None
    assert (mixed.terms.owner, mixed.terms.grade) == ("PNC", "B2")
    assert (mixed.terms.reason, mixed.terms.handling, mixed.terms.action) == ("robo", "2", ListAction.REFER)


def test_what_nobody_says_of_a_whole_list_has_a_stand_in_that_is_counted() -> None:
    """Six columns with the options of the contract are taken; the report tells which terms nobody stated."""
    left = Counter[Left]()
    (entry, refused) = read_rows_of(f"{HEADER},reason", f"{ROW},robo", "W-2,,,,,,robo", left=left)
    assert isinstance(entry, Entry)
    assert isinstance(refused, RefusedRow)
    assert entry.terms is not None
    assert (entry.terms.reason, entry.terms.handling, entry.terms.action) == ("robo", "C", ListAction.INFORM)
    assert left == {Left.HANDLING: 1, Left.ACTION: 1}
    (entry,) = read_rows_of(HEADER, ROW, left=left)
    assert isinstance(entry, Entry)
    assert entry.terms is not None
    assert entry.terms.reason == entry.terms.legal_basis == GIVEN["legal_basis"]
    assert left == {Left.REASON: 1, Left.HANDLING: 2, Left.ACTION: 2}


def test_what_is_given_for_the_whole_list_is_no_stand_in() -> None:
    """The importer has said it: there is nothing to tell."""
    left = Counter[Left]()
    read_rows_of(HEADER, ROW, left=left, reason="robo", handling="P", action="refer")
    assert not left


@pytest.mark.parametrize("column", ["reason", "handling", "action"])
def test_a_row_that_leaves_open_what_its_file_has_a_column_for_is_refused(column: str) -> None:
    """LR-70: somebody forgot one person; no mildest word is put in the owner's mouth. Given for all, it is taken."""
    refused = admitted(f"{ROW},", f"{HEADER},{column}", **GIVEN)
    assert refusal(refused) == [(Fault.MISSING, column)]
    taken = admitted(f"{ROW},", f"{HEADER},{column}", **GIVEN, **{column: "inform"})
    assert isinstance(taken, Entry)


@pytest.mark.parametrize(
    ("terms", "faults"),
    [
        (",Ley,serious_crime,r,B2,C,refer,2027-01-31", [(Fault.MISSING, "owner")]),
        ("PNC,,serious_crime,r,B2,C,refer,2027-01-31", [(Fault.MISSING, "legal_basis")]),
        ("PNC,Ley,,r,B2,C,refer,2027-01-31", [(Fault.MISSING, "purpose")]),
        ("PNC,Ley,serious_crime,r,,C,refer,2027-01-31", [(Fault.MISSING, "grade")]),
        ("PNC,Ley,serious_crime,,B2,C,refer,2027-01-31", [(Fault.MISSING, "reason")]),
        ("PNC,Ley,serious_crime,r,B2,,refer,2027-01-31", [(Fault.MISSING, "handling")]),
        ("PNC,Ley,serious_crime,r,B2,C,,2027-01-31", [(Fault.MISSING, "action")]),
        ("PNC,Ley,serious_crime,r,B2,C,refer,", [(Fault.MISSING, "review_on")]),
        ("PNC,Ley,serious_crime,r,B2,C,refer,2026-11-21", [(Fault.PAST, "review_on")]),
        ("PNC,Ley,serious_crime,r,B2,C,refer,2027", [(Fault.NOT_A_DATE, "review_on")]),
        ("PNC,Ley,serious_crime,r,B2,C,refer,soon", [(Fault.NOT_A_DATE, "review_on")]),
        ("PNC,Ley,politics,r,B2,C,refer,2027-01-31", [(Fault.NOT_IN_TABLE, "purpose")]),
        ("PNC,Ley,serious_crime,r,B2,C,detain,2027-01-31", [(Fault.NOT_IN_TABLE, "action")]),
        (f"PNC,Ley,serious_crime,r,{'B' * 17},C,refer,2027-01-31", [(Fault.CELL_TOO_LONG, "grade")]),
        (
            ",,,,,,,",
            [(Fault.MISSING, column) for column in TERM_COLUMNS],
        ),
    ],
)
def test_an_entry_without_its_terms_is_refused_and_says_which(
    terms: str, faults: list[tuple[Fault, str | None]]
) -> None:
    """LR-70: all eight terms, and a review date to come, each told where it lacks."""
    refused = admitted(f"{ROW},{terms}")
    assert refusal(refused) == faults
    assert isinstance(refused, RefusedRow)
    assert all(str(column) in refused.text("en") for _, column in faults)


@pytest.mark.parametrize(
    ("said", "reviewed"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2030-12-31", date(2030, 12, 31)),
        ("2031-01-01", date(2030, 12, 31)),
        ("2999-12-31", date(2030, 12, 31)),
    ],
)
def test_an_entry_is_reviewed_within_five_years_whatever_it_says_and_the_report_tells(
    said: str, reviewed: date
) -> None:
    """What nobody looks at anew is not kept for longer."""
    left = Counter[Left]()
    (read,) = read_rows_of(WHOLE_HEADER, f"{ROW},PNC,Ley,serious_crime,r,B2,C,refer,{said}", left=left)
    assert isinstance(read, Entry)
    assert read.terms is not None
    assert read.terms.review_on == reviewed
    assert left == ({} if said == str(reviewed) else {Left.REVIEW: 1})


@pytest.mark.parametrize(
    ("born", "action", "admitted_as"),
    [
        ("2010-01-01", "refer", False),
        ("2008-11-22", "refer", True),
        ("2008-11-23", "arrest", False),
        ("2009", "discreet", False),
        ("2008", "refer", True),
        ("2010-01", "refer", False),
        ("2010;1990", "refer", True),
        ("2010-01-01", "protect", True),
        ("2010-01-01", "exit_ban", True),
        ("2010-01-01", "inform", True),
    ],
)
def test_a_child_is_sought_for_their_own_sake_only(born: str, action: str, *, admitted_as: bool) -> None:
    """LR-73: never as a suspect; who may be of age by one of their dates is not held to be a child."""
    terms = f"PNC,Ley,border_control,r,B2,C,{action},2027-01-31"
    read = admitted(f"W-1,EJEMPLO ANA,{born},SLV,F,,{terms}")
    assert isinstance(read, Entry) is admitted_as
    if isinstance(read, RefusedRow):
        assert refusal(read) == [(Fault.CHILD, "action")]


@pytest.mark.parametrize(
    ("born", "come"),
    [
        ("2026-11-22", True),
        ("2026-11-23", False),
        ("2026-11", True),
        ("2026-12", False),
        ("2027", False),
        ("1988;2027", False),
    ],
)
def test_nobody_is_born_in_the_future(born: str, *, come: bool) -> None:
    """A date that cannot be true is a slip of the pen in somebody's birth date."""
    read = admitted(f"W-1,EJEMPLO ANA,{born},,,,PNC,Ley,border_control,r,B2,C,inform,2027-01-31")
    assert isinstance(read, Entry) if come else refusal(read) == [(Fault.UNBORN, "birth_date")]


@pytest.mark.parametrize(
    ("reason", "action", "fault"),
    [
        ("robo agravado", "arrest", None),
        ("es musulmán", "refer", Fault.SENSITIVE),
        ("needs a wheelchair", "protect", Fault.SENSITIVE),
        ("took part in a protest", "refer", Fault.NO_SUSPICION),
        ("solicitante de asilo", "discreet", Fault.NO_SUSPICION),
        ("Opositor político", "arrest", Fault.NO_SUSPICION),
        ("refugiada amenazada", "protect", None),
        ("refugee, whose family seeks her", "inform", Fault.NO_SUSPICION),
        ("protestó frente a la embajada", "inform", Fault.NO_SUSPICION),
    ],
)
def test_a_reason_tells_nothing_that_is_withheld_and_suspects_nobody_for_protest_or_asylum(
    reason: str, action: str, fault: Fault | None
) -> None:
    """LR-23, LR-73: by line, and without repeating it; to protect her a refugee may be looked for."""
    read = admitted(f'{ROW},PNC,Ley,border_control,"{reason}",B2,C,{action},2027-01-31')
    assert isinstance(read, Entry) if fault is None else refusal(read) == [(fault, "reason")]


def test_a_list_of_which_nobody_says_what_is_asked_suspects_nobody_for_protest_either() -> None:
    """To inform, which stands for what nobody said, protects nobody; a list that is there to protect does."""
    row = f'{ROW},"took part in a protest"'
    for purpose, admits in (("serious_crime", False), ("protection", True)):
        (read,) = read_rows_of(f"{HEADER},reason", row, left=Counter(), purpose=purpose)
        assert isinstance(read, Entry) is admits


def test_what_a_state_withholds_beside_no_reason_may_tell_either() -> None:
    """Its own table is asked, in every format."""
    table = DEFAULT.changed(["word:tatuaje"], ["word:sindicato"])
    line = f"{HEADER}\n{ROW}\n".encode()
    for reason, fault in (("tiene un tatuaje", Fault.SENSITIVE), ("robo al sindicato", None)):
        given = GIVEN | {"reason": reason}
        for (read_row,) in (read_watchlist([line], given, TODAY, table), read(Reading(), [line], given, TODAY, table)):
            assert isinstance(read_row, Entry) if fault is None else refusal(read_row) == [(fault, "reason")]


def test_names_that_are_kept_and_not_compared_are_counted() -> None:
    """The owner is told of those beyond the first two hundred, of what is admitted."""
    left = Counter[Left]()
    many = ";".join(f"ANA {letter}{other}" for letter in "ABCDEFGHIJKLMNO" for other in "ABCDEFGHIJKLMN")
    lines = f"W-1,{many},,,,", f"W-2,{many},1970-13,,,"
    (entry, _) = read_rows_of(HEADER, *lines, left=left, reason="r", action="inform")
    assert isinstance(entry, Entry)
    assert (len(entry.names), left[Left.ALIAS]) == (210, 10)
    left.clear()
    read_rows_of(HEADER, f"W-1,{';'.join(many.split(';')[:200])},,,,", left=left)
    assert Left.ALIAS not in left


@pytest.mark.parametrize("action", list(ListAction))
def test_whom_a_list_is_to_protect_is_never_a_suspect(action: ListAction) -> None:
    """LR-73: a victim may be protected, told of, or kept from leaving; not arrested, referred or watched."""
    read = admitted(f"{ROW},PNC,Ley,protection,r,B2,C,{action},2027-01-31")
    if action in {ListAction.PROTECT, ListAction.INFORM, ListAction.EXIT_BAN}:
        assert isinstance(read, Entry)
    else:
        assert refusal(read) == [(Fault.PROTECTED, "action")]


def test_nobody_stands_on_a_list_for_oversight() -> None:
    """Oversight looks at colleagues' work: as the purpose of a list it would open what no owner may read."""
    refused = admitted(f"{ROW},PNC,Ley,oversight,r,B2,C,inform,2027-01-31")
    assert refusal(refused) == [(Fault.NOT_IN_TABLE, "purpose")]


@pytest.mark.parametrize("lacking", GIVEN)
def test_a_list_that_nowhere_states_a_term_is_refused_whole(lacking: str) -> None:
    """Neither a column nor a value for all rows: the list itself lacks it."""
    given = {column: value for column, value in GIVEN.items() if column != lacking}
    with pytest.raises(AuthorError, match=lacking):
        admitted(ROW, HEADER, **given)


def test_what_is_no_term_cannot_be_given() -> None:
    """A misspelt option does not pass for a term."""
    with pytest.raises(AuthorError, match="ownr"):
        admitted(ROW, HEADER, **GIVEN, ownr="PNC")


def test_bad_lines_of_a_watchlist_are_told_beside_its_entries() -> None:
    """A refused line passes through admission."""
    found = list(read_watchlist([f"{HEADER}\nW-1\n{ROW}".encode()], GIVEN, TODAY))
    assert refusal(found[0]) == [(Fault.CELLS, None)]
    assert isinstance(found[1], Entry)


def queries(*lines: str) -> list[tuple[str, Query] | RefusedRow]:
    """Read queries of these lines."""
    return list(read_queries(["\n".join([",".join(QUERY_COLUMNS), *lines]).encode()]))


def test_queries_are_read_with_any_field_empty() -> None:
    """Only the id is needed, ids may repeat, and an odd name is only an odd name."""
    assert queries("q1,GARCIA,MARIA,1988-02,slv,f,SLV:P:A01234567", "q1,-,,,,,", "q2,,,,,,") == [
        ("q1", Query("GARCIA", "MARIA", PartialDate(1988, 2), "SLV", "F", (Document("A01234567", "P", "SLV"),))),
        ("q1", Query("-")),
        ("q2", Query()),
    ]


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (",GARCIA,,,,,", [(Fault.MISSING, "id")]),
        ("q1,,,1988;1989,,,", [(Fault.UNREADABLE, "birth_date")]),
        ("q1,,,,SLV;GTM,,", [(Fault.UNREADABLE, "nationality")]),
        ("q1,,,,,F;M,", [(Fault.UNREADABLE, "sex")]),
        (
            "q1,,,soon,12,w,-",
            [
                (Fault.NOT_A_DATE, "birth_date"),
                (Fault.UNREADABLE, "nationality"),
                (Fault.NOT_IN_TABLE, "sex"),
                (Fault.UNREADABLE, "document_number"),
            ],
        ),
        ("q1", [(Fault.CELLS, None)]),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(line: str, faults: list[tuple[Fault, str | None]]) -> None:
    """A query has one birth date, one nationality and one sex."""
    (refused,) = queries(line)
    assert refusal(refused) == faults


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_told_in_both_languages(fault: Fault) -> None:
    """The refusal reads as a sentence with line and column."""
    refused = RefusedRow(7, (CellFault(fault, "sex"),))
    assert refused.text("es").startswith("línea 7: ")
    assert refused.text("en").startswith("line 7: ")
    assert set(FAULTS[fault]) == {"es", "en"}


@given(st.binary(max_size=300), st.integers(1, 40))
def test_any_bytes_in_any_pieces_are_entries_or_refusals(content: bytes, size: int) -> None:
    """Hostile bytes never crash, and how a file is cut into chunks changes nothing."""
    whole = f"{HEADER}\nA-1,ANA,,,,\n".encode() + content
    pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
    found = list(read_list(pieces))
    assert found == list(read_list([whole]))
    assert isinstance(found[0], Entry)


@pytest.mark.parametrize("value", ["=1+1", "Ley\x00"])
def test_a_term_given_for_the_whole_list_is_refused_where_a_cell_would_be(value: str) -> None:
    """A formula or a control character does not come in by the side door."""
    with pytest.raises(AuthorError, match="legal_basis"):
        admitted(ROW, HEADER, **{**GIVEN, "legal_basis": value})


@given(st.text(',";=\r\0\t aéñ'))
def test_a_line_has_the_cells_that_a_strict_reader_gives(line: str) -> None:
    """Where no quote stands, commas alone are looked at: the answer is that of whoever looks at every sign."""
    try:
        expected: list[str] | Fault = next(csv.reader((line.removesuffix("\r"),), strict=True), [])
    except csv.Error:
        expected = Fault.QUOTES
    assert cells_of(line.encode()) == expected


@given(st.lists(st.text("=-;x \u00a0\t\x1f", max_size=6), min_size=3, max_size=3))
def test_what_is_refused_in_a_whole_row_is_what_is_refused_in_each_cell(cells: list[str]) -> None:
    """One look at the whole row never joins what stands in two cells, and misses nothing."""
    (found,) = entries(f"W-1,{cells[0]},{cells[1]},{cells[2]},,")
    named = {column: cell.strip() for column, cell in zip(("names", "birth_date", "nationality"), cells, strict=True)}
    controls = [(Fault.CONTROL, column) for column, cell in named.items() if "\x1f" in cell]
    formulas = [(Fault.FORMULA, column) for column, cell in named.items() if re.search(r"(?:\A|;)\s*[=+@-]", cell)]
    told = refusal(found) if isinstance(found, RefusedRow) else []
    assert [each for each in told if each[0] in {Fault.CONTROL, Fault.FORMULA}] == (controls or formulas)


def test_entries_of_the_same_terms_share_them_and_others_have_their_own() -> None:
    """A list of a million states its terms once; what one row states for itself is told of that row only."""
    lines = [f"W-{number},ANA,,,,,{owner},,,robo,,C,inform," for number, owner in enumerate(("", "PNC", "", "=x"))]
    plain, other, again, refused = read_watchlist(["\n".join([WHOLE_HEADER, *lines]).encode()], GIVEN, TODAY)
    assert isinstance(plain, Entry)
    assert isinstance(other, Entry)
    assert isinstance(again, Entry)
    assert plain.terms is again.terms
    assert other.terms is not None
    assert other.terms.owner == "PNC"
    assert refusal(refused) == [(Fault.FORMULA, "owner")]
