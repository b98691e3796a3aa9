"""A hostile list is refused with line, column and remedy, early, in one piece, and the list before it still answers."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.conftest import People
from tests.integration.hostile.sent import NOW, overfull
from tests.invented import REVIEW_ON
from torogoz.cli import main
from torogoz.errors import AuthorError
from torogoz.flow.watchlists import ListReport, import_list
from torogoz.matching.sources.rows import MAX_LINE_BYTES
from torogoz.storage.models import AuditEntry, Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import live_entries

pytestmark = pytest.mark.django_db

HEADER = "id,names,birth_date,nationality,sex,document_numbers"
ANA = "W-1,EJEMPLO PRUEBA ANA,1988-02-29,SLV,F,SLV:P:A01234567"
GIVEN = {
    "owner": "CENTRO",
    "legal_basis": "Ley de prueba",
    "purpose": "border_control",
    "grade": "B2",
    "review_on": REVIEW_ON,
}
MIB = 1024 * 1024

#: Files that are not a list at all, by their oddity, with words of the refusal.
WHOLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "missing columns: id, names"),
    "blank": (b"\n\n\n", "missing columns"),
    "no-header": (f"{ANA}\n".encode(), "unknown or repeated at places: 1, 2"),
    "missing-column": (b"id,names,birth_date,nationality,sex\n", "missing columns: document_numbers"),
    "repeated-column": (f"{HEADER},id\n{ANA},W-2\n".encode(), "unknown or repeated at places: 7"),
    "unknown-column": (f"{HEADER},religion\n".encode(), "unknown or repeated at places: 7"),
    "other-separator": (HEADER.replace(",", ";").encode(), "missing columns"),
    "nul-in-header": (f"{HEADER}\0\n".encode(), "missing columns: document_numbers"),
    "utf-16": (f"{HEADER}\n{ANA}\n".encode("utf-16"), "the header cannot be read"),
    "open-quotes": (f'"{HEADER}\n{ANA}\n'.encode(), "the header cannot be read"),
    "a-million-columns": (b"," * 1_000_000 + b"\n", "the header cannot be read (the line is too long)"),
    "as-many-as-fit": (b"," * MAX_LINE_BYTES, "missing columns"),
    "zip": (b"PK\x03\x04\x14\0\0\0\x08\0\xff\xfe", "the file is an archive"),
}
#: Lines that cannot be admitted, each with what is said of it.
LINES: dict[str, tuple[bytes, str]] = {
    "formula": (b"W-9,=HYPERLINK(1),,,,", "names begins as a formula"),
    "formula-behind-blanks": (b"W-9,  =1+1,,,,", "names begins as a formula"),
    "formula-as-second-name": (b"W-9,EJEMPLO;@SUM(1),,,,", "names begins as a formula"),
    "formula-in-id": (b"+W-9,EJEMPLO,,,,", "id begins as a formula"),
    "formula-in-document": (b"W-9,EJEMPLO,,,,-1+cmd", "document_numbers begins as a formula"),
    "formula-in-quotes": (b'W-9,"=1,2",,,,', "names begins as a formula"),
    "nul": (b"W-9,EJEM\0PLO,,,,", "names holds control signs"),
    "carriage-return": (b"W-9,EJEM\rPLO,,,,", "quotes are not closed on the line"),
    "escape": (b"W-9,\x1b[2J,,,,", "names holds control signs"),
    "latin-1": ("W-9,MUÑOZ,,,,".encode("latin-1"), "the line is not UTF-8"),
    "cut-letter": (b"W-9,MU\xc3,,,,", "the line is not UTF-8"),
    "surrogate": (b"W-9,\xed\xa0\x80,,,,", "the line is not UTF-8"),
    "duplicate-id": (b"W-1,EJEMPLO,1970,,,", "id has appeared before"),
    "no-id": (b",EJEMPLO,1970,,,", "id is missing"),
    "open-quotes": (b'W-9,"EJEMPLO,,,,', "quotes are not closed on the line"),
    "quotes-after-quotes": (b'W-9,"EJEMPLO"X,,,,', "quotes are not closed on the line"),
    "too-few-cells": (b"W-9,EJEMPLO", "not as many cells as the header"),
    "too-many-cells": (b"W-9,EJEMPLO,,,,,,,", "not as many cells as the header"),
    "a-million-cells": (b"," * 1_000_000, "the line is too long"),
    "a-long-line": (b"W-9," + b"X" * MIB + b",,,,", "the line is too long"),
    "a-long-id": (b"W" * 300 + b",EJEMPLO,1970,,,", "id is too long"),
    "a-long-name": (b"W-9," + b"X" * 60_000 + b",,,,", "names is too long"),
    "no-date": (b"W-9,EJEMPLO,1970-13-01,,,", "birth_date is not an ISO 8601 date"),
    "a-huge-date": (b"W-9,EJEMPLO," + b"9" * 5_000 + b",,,", "birth_date is not an ISO 8601 date"),
    "digits-of-another-script": ("W-9,EJEMPLO,١٩٧٠,,,".encode(), "birth_date is not an ISO 8601 date"),
    "no-sex": (b"W-9,EJEMPLO,,,<b>,", "sex is not in the closed table"),
    "nobody": (b"W-9,...,,,,", "there is neither a readable name nor a document"),
}

Load = Callable[[bytes], ListReport]


@pytest.fixture
def load(people: People) -> Load:
    """Import a file into a list that has Ana on it already."""

    def run(data: bytes) -> ListReport:
        return import_list(None, "prueba", [data], NOW, given=GIVEN)

    run(f"{HEADER}\n{ANA}\n".encode())
    return run


def answering() -> list[str]:
    """The entries that screening would use."""
    return [entry.id for one in live_entries(NOW.date()) for entry in one.entries]


@pytest.mark.parametrize(("data", "told"), WHOLE.values(), ids=WHOLE)
def test_a_file_that_is_no_list_is_refused_with_a_remedy_and_the_list_before_answers(
    data: bytes, told: str, load: Load
) -> None:
    with pytest.raises(AuthorError) as refused:
        load(data)
    assert told in refused.value.text
    assert refused.value.remedy
    assert answering() == ["W-1"]
    assert WatchlistVersion.objects.count() == 1
    assert AuditEntry.objects.filter(event="watchlist.refused").count() == 1


@pytest.mark.parametrize(("line", "told"), LINES.values(), ids=LINES)
def test_a_hostile_line_is_refused_by_number_and_column_and_costs_no_other(line: bytes, told: str, load: Load) -> None:
    report = load(f"{HEADER}\n{ANA}\n".encode() + line + b"\nW-3,MUESTRA,1970,,,\n")
    assert [(row.line, told in row.text("en")) for row in report.refused] == [(3, True)]
    assert report.refused[0].text("es").startswith("línea 3: ")
    assert answering() == ["W-1", "W-3"]
    assert overfull() == []


def test_a_line_of_a_gigabyte_is_refused_in_the_memory_of_a_few_lines(load: Load) -> None:
    chunk = b"X" * 65_536

    def endless() -> Iterator[bytes]:
        yield f"{HEADER}\n".encode()
        for _ in range(1024 * MIB // len(chunk)):
            yield chunk
        yield f"\n{ANA}\n".encode()

    tracemalloc.start()
    try:
        report = import_list(None, "prueba", endless(), NOW, given=GIVEN)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [row.text("en") for row in report.refused] == ["line 2: the line is too long"]
    assert answering() == ["W-1"]
    assert peak < 4 * MIB


def test_a_header_that_never_ends_is_refused_before_the_file_does(load: Load) -> None:
    given = []

    def endless() -> Iterator[bytes]:
        while True:
            given.append(1)
            assert len(given) < 100, "it reads on"
            yield b"X" * 65_536

    with pytest.raises(AuthorError):
        import_list(None, "prueba", endless(), NOW, given=GIVEN)


def test_a_file_that_breaks_off_while_it_is_read_leaves_the_list_as_it_was(load: Load) -> None:
    def broken() -> Iterator[bytes]:
        yield f"{HEADER}\nW-7,MUESTRA,1970,,,\n".encode()
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        import_list(None, "prueba", broken(), NOW, given=GIVEN)
    assert answering() == ["W-1"]


@pytest.mark.parametrize("term", ["=cmd|'!A1'", "+1", "a\0b", "a\x1bb", "\udcff"])
def test_a_term_given_for_the_whole_list_is_held_to_what_a_cell_is(term: str, load: Load) -> None:
    for column in ("owner", "legal_basis", "reason", "grade", "handling"):
        with pytest.raises(AuthorError) as refused:
            import_list(None, "prueba", [f"{HEADER}\n{ANA}\n".encode()], NOW, given=GIVEN | {column: term})
        assert column in refused.value.text
    assert answering() == ["W-1"]
    assert WatchlistEntry.objects.get().owner == "CENTRO"


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\0b", "x" * 81, " x", "\udcff", "\u202ex"])
def test_a_list_has_a_name_that_can_be_read(name: str, people: People) -> None:
    with pytest.raises(AuthorError):
        import_list(None, name, [f"{HEADER}\n{ANA}\n".encode()], NOW, given=GIVEN)
    assert not Watchlist.objects.exists()


def at_the_terminal(path: Path, *more: str) -> int:
    terms = [word for term, value in GIVEN.items() for word in (f"--{term.replace('_', '-')}", value)]
    return main(["watchlist", "import", str(path), "--format", "csv", "--list", "prueba", *terms, *more])


@pytest.mark.parametrize(("data", "told"), WHOLE.values(), ids=WHOLE)
def test_the_terminal_says_one_line_and_ends_with_1(
    data: bytes, told: str, load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    assert at_the_terminal(path) == 1
    shown = capsys.readouterr()
    (line,) = shown.err.splitlines()
    assert line.startswith("author: ")
    assert told in line
    assert shown.out == ""
    assert answering() == ["W-1"]


def test_the_terminal_loads_the_good_lines_names_the_bad_ones_and_ends_with_1(
    load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"\n".join([f"{HEADER}\n{ANA}".encode(), *(line for line, _ in LINES.values())]))
    assert at_the_terminal(path, "--json") == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["refusals"] == len(LINES)
    assert answering() == ["W-1"]


@pytest.mark.parametrize("path", ["", "no-such-file.csv"], ids=["a-folder", "missing"])
def test_a_file_that_is_none_is_not_available(
    path: str, load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_the_terminal(tmp_path / path) == 3
    assert capsys.readouterr().err.count("\n") == 1
    assert answering() == ["W-1"]
