"""Hostile names in every format: thousands of aliases, control signs, marks that turn a line, one name for all."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from html import escape

import pytest

from tests.unit.matching.sources.test_golden import GIVEN, TODAY
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, build, match
from torogoz.matching.normalise import MAX_ALIASES
from torogoz.matching.sources.formats import ListFormat, Reading, read
from torogoz.matching.sources.ftm import documents_by_holder
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.listed import MOST_NAMES
from torogoz.matching.sources.ofac_csv import aliases_by_entry
from torogoz.matching.sources.rows import CellFault, Fault, RefusedRow

ALIASES = [f"Ana Ejemplo {'ABCDEFGHIJ'[n % 10]}{'ABCDEFGHIJ'[n // 10 % 10]}{n // 100}" for n in range(5_000)]
TURNED = "Ana \u202eolpmejE\u200f"
CONTROL = "Ana\x07 Ejemplo"


def _ftm(names: list[str]) -> tuple[bytes, Reading]:
    person = {"id": "x", "schema": "Person", "properties": {"name": names[:1], "alias": names[1:]}}
    person["properties"]["topics"] = ["sanction"]  # type: ignore[index]
    return json.dumps(person).encode(), Reading(topics=("sanction",))


def _ofac_csv(names: list[str]) -> tuple[bytes, Reading]:
    rest = b",-0- " * 8 + b',"DOB 1970."\n'
    aliases = "".join(f'1,{number},"aka","{name}",-0- \n' for number, name in enumerate(names[1:]))
    return f'1,"{names[0]}","individual"'.encode() + rest, Reading(aliases=[aliases.encode()])


def _ofac_xml(names: list[str]) -> tuple[bytes, Reading]:
    akas = "".join(f"<aka><category>strong</category><lastName>{escape(name)}</lastName></aka>" for name in names[1:])
    content = f"<sdnList><sdnEntry><uid>1</uid><lastName>{escape(names[0])}</lastName>"
    content += f"<sdnType>Individual</sdnType><akaList>{akas}</akaList></sdnEntry></sdnList>"
    return content.encode(), Reading()


def _un_xml(names: list[str]) -> tuple[bytes, Reading]:
    akas = "".join(
        f"<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{escape(name)}</ALIAS_NAME></INDIVIDUAL_ALIAS>"
        for name in names[1:]
    )
    person = f"<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>{escape(names[0])}</FIRST_NAME>{akas}</INDIVIDUAL>"
    return f"<CONSOLIDATED_LIST><INDIVIDUALS>{person}</INDIVIDUALS></CONSOLIDATED_LIST>".encode(), Reading()


def _csv(names: list[str]) -> tuple[bytes, Reading]:
    header = "id,names,birth_date,nationality,sex,document_numbers"
    return f"{header}\n1,{';'.join(names)},1970,,,\n".encode(), Reading(ListFormat.CSV)


PUBLISHED = [_ftm, _ofac_csv, _ofac_xml, _un_xml]
Written = Callable[[list[str]], tuple[bytes, Reading]]


def only(written: Written, names: list[str]) -> tuple[Entry | RefusedRow, Reading]:
    """What a file with one person of these names gives, and what was left out of it."""
    content, reading = written(names)
    (found,) = read(reading, [content], GIVEN, TODAY)
    return found, reading


@pytest.mark.parametrize("written", PUBLISHED)
def test_of_5000_aliases_of_a_published_list_the_first_are_kept_and_the_others_counted(written: Written) -> None:
    """Or the whole entry is refused by line, where its XML has more elements than one entry may have."""
    found, reading = only(written, ALIASES)
    if isinstance(found, RefusedRow):
        assert found.faults == (CellFault(Fault.TOO_LONG),)
        return
    assert found.names == tuple(ALIASES[:MOST_NAMES])
    assert reading.left == {Left.NAME: len(ALIASES) - MOST_NAMES, Left.ALIAS: MOST_NAMES - MAX_ALIASES}


def test_5000_aliases_of_a_list_of_ones_own_refuse_their_line() -> None:
    found, _ = only(_csv, ALIASES)
    assert isinstance(found, RefusedRow)
    assert found.faults == (CellFault(Fault.TOO_LONG),)


@pytest.mark.parametrize("written", [_ftm, _ofac_csv])
def test_a_published_name_with_a_control_sign_is_left_out_and_counted(written: Written) -> None:
    found, reading = only(written, ["Ana Ejemplo", CONTROL])
    assert isinstance(found, Entry)
    assert (found.names, reading.left) == (("Ana Ejemplo",), {Left.NAME: 1})


def test_a_name_of_ones_own_with_a_control_sign_refuses_its_line() -> None:
    found, _ = only(_csv, ["Ana Ejemplo", CONTROL])
    assert isinstance(found, RefusedRow)
    assert found.faults[0].fault is Fault.CONTROL


@pytest.mark.parametrize("written", [*PUBLISHED, _csv])
def test_a_name_with_marks_that_turn_the_line_is_found_by_its_letters(written: Written) -> None:
    found, _ = only(written, [TURNED])
    assert isinstance(found, Entry)
    assert [each.entry for each in match(Query("OLPMEJE", "ANA"), build([found]), 0.000001)] == [found]


def test_only_so_many_aliases_of_an_entry_are_compared() -> None:
    entry = Entry("W-1", tuple(ALIASES[:MOST_NAMES]))
    assert build([entry]).name_count <= MAX_ALIASES
    last = ALIASES[MAX_ALIASES - 1].upper().split()
    assert match(Query(" ".join(last[1:]), last[0]), build([entry]), 0.000001)


def test_a_list_on_which_everybody_has_one_name_loses_nobody() -> None:
    """A common name weighs little, and an exact full name is given all the same."""
    index = build(Entry(f"W-{number}", ("ANA EJEMPLO PRUEBA",)) for number in range(20_000))
    assert len({each.entry.id for each in match(Query("EJEMPLO PRUEBA", "ANA"), index, 0.01)}) == 20_000


def test_a_hundred_thousand_aliases_of_one_entry_do_not_stall() -> None:
    """They come in a file of their own: with the square of their number this would take minutes."""
    lines = b"".join(b'1,%d,"aka","ANA %d",-0- \n' % (number, number) for number in range(100_000))
    left = Counter[Left]()
    began = time.process_time()
    assert len(aliases_by_entry([lines], left)["1"]) == 100_000
    assert time.process_time() - began < 20


def test_as_many_documents_of_one_person_do_not_stall() -> None:
    """Likewise documents on lines of their own."""
    line = b'{"id":"d","schema":"Passport","properties":{"holder":["x"],"number":["A%06d"]}}\n'
    left = Counter[Left]()
    began = time.process_time()
    assert len(documents_by_holder([line % number for number in range(100_000)], left)["x"]) == 100_000
    assert time.process_time() - began < 30


@pytest.mark.parametrize("identity", ["W\u200b-1", "W-1\u202e", "\ufeffW-1"])
def test_an_id_with_signs_that_nobody_sees_is_refused(identity: str) -> None:
    """On the page of the list it could not be told from another's."""
    header = "id,names,birth_date,nationality,sex,document_numbers"
    (found,) = read(Reading(ListFormat.CSV), [f"{header}\n{identity},Ana Ejemplo,1970,,,\n".encode()], GIVEN, TODAY)
    assert isinstance(found, RefusedRow)
    assert found.faults == (CellFault(Fault.CONTROL, "id"),)
