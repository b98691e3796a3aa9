"""A list from a file on the terminal: what was done, what was refused, and by whom it must be corrected."""

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.integration.conftest import People
from tests.invented import REVIEW_ON
from torogoz.cli import main
from torogoz.domain.audit import AuditEvent
from torogoz.flow.preview import NAMED
from torogoz.storage.models import AuditEntry, Watchlist, WatchlistEntry, WatchlistVersion
from torogoz.storage.snapshots import live_entries

HEADER = "id,names,birth_date,nationality,sex,document_numbers"
ANA = "W-1,EJEMPLO PRUEBA ANA,1988-02-29,SLV,F,"
TERMS = ["--owner", "CENTRO", "--legal-basis", "Ley de prueba", "--purpose", "border_control", "--grade", "B2"]


def command(path: Path, *options: str) -> list[str]:
    return ["watchlist", "import", str(path), "--format", "csv", "--list", "prueba", *TERMS, *options]


@pytest.fixture
def path(tmp_path: Path, people: People) -> Path:
    made = tmp_path / "list.csv"
    made.write_text(f"{HEADER}\n{ANA}\nW-2,PRUEBA,1970-13-01,,,\n")
    return made


def test_an_import_tells_its_counts_names_what_it_refused_and_ends_with_1(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(path, "--review-on", REVIEW_ON, "--action", "refer", "--handling", "C", "--reason", "R")) == 1
    shown = capsys.readouterr()
    assert shown.out == (
        "prueba of CENTRO, version 1: 1 entries; 1 added, 0 changed, 0 removed, 0 unchanged; 1 lines refused\n"
    )
    assert shown.err == "line 3: birth_date is not an ISO 8601 date\n"
    row = WatchlistEntry.objects.get()
    assert (row.action, row.gravity, row.handling, row.reason) == ("refer", 2, "C", "R")


def test_a_list_is_made_within_a_compartment(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(command(path, "--review-on", REVIEW_ON, "--compartment", "ALFA"))
    assert Watchlist.objects.get().compartment == "ALFA"
    assert main(command(path, "--review-on", REVIEW_ON, "--compartment", "BETA")) == 1
    assert "this list is not in that compartment" in capsys.readouterr().err


def test_json_is_all_that_is_printed_where_it_is_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text(f"{HEADER}\n{ANA}\n")
    assert main(command(path, "--review-on", REVIEW_ON, "--json")) == 0
    assert json.loads(capsys.readouterr().out) == {
        "list": "prueba",
        "agency": "CENTRO",
        "version": 1,
        "entries": 1,
        "added": 1,
        "changed": 0,
        "removed": 0,
        "unchanged": 0,
        "refusals": 0,
        "refused": [],
        "waiting": None,
        "left_out": {"reason": 1, "handling": 1, "action": 1},
    }


def test_a_list_without_a_term_is_refused_whole_and_says_which(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command(path)) == 1
    assert capsys.readouterr().err.startswith("author: the list does not say: review_on; its owner must add the column")
    assert not Watchlist.objects.exists()


def test_a_list_without_one_good_line_names_them_all_and_is_not_made(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(path, "--review-on", "2020-01-01")) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["line 2: review_on is past", "line 3: birth_date is not an ISO 8601 date; review_on is past"]
    assert lines[2].startswith("author: No row of the file can be admitted")
    assert not Watchlist.objects.exists()


def test_another_table_is_refused_by_its_header(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text("surname,born\nEJEMPLO,1988\n")
    assert main(command(path)) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("author: the header is not that of this file")
    assert "EJEMPLO" not in shown


@pytest.mark.parametrize("form", ["xlsx", "FTM", ""])
def test_a_format_that_is_not_known_is_wrong_usage(form: str, path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["watchlist", "import", str(path), "--format", form, "--list", "prueba"])
    assert end.value.code == 2


def test_a_file_that_is_not_there_is_not_available(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command(path.with_name("no-such.csv"))) == 3
    assert "No such file" in capsys.readouterr().err


def replaced(path: Path, *options: str) -> int:
    """Load a list, then a file that names somebody else."""
    path.write_text(f"{HEADER}\n{ANA}\n")
    main(command(path, "--review-on", REVIEW_ON))
    path.write_text(f"{HEADER}\nW-2,MUESTRA BETO,1970,,,\n")
    return main(command(path, "--review-on", REVIEW_ON, *options))


def test_a_large_change_waits_and_one_line_says_who_must_do_what(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replaced(path) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-4].startswith("prueba of CENTRO, a change that waits: 1 entries; 1 added, 0 changed")
    assert "a supervisor must look at it" in shown.err.splitlines()[-1]
    assert "within 7 days; until then version 1 answers" in shown.err.splitlines()[-1]
    assert WatchlistEntry.objects.get().key == "W-1"


def test_a_large_change_is_refused_where_it_is_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replaced(path, "--large", "refuse") == 1
    assert capsys.readouterr().err.startswith("refused: the file changes more than 20 % of the list")


def test_nobody_at_the_terminal_puts_a_large_change_in_force_alone(path: Path) -> None:
    with pytest.raises(SystemExit) as end:
        replaced(path, "--large", "accept")
    assert end.value.code == 2
    assert WatchlistEntry.objects.get().key == "W-1"


def test_any_change_waits_for_a_look_that_is_asked_for(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text(f"{HEADER}\n{ANA}\n")
    assert main(command(path, "--review-on", REVIEW_ON, "--look")) == 1
    assert not WatchlistEntry.objects.exists()
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("a supervisor must look at it")
    assert told.endswith("until then nobody on it is looked for")


def test_the_share_is_a_setting(path: Path, settings: Any) -> None:
    settings.LIST_CHANGE_PERCENT = 100
    assert replaced(path) == 1, "a new entry and a removed one are two changes of a list of one"
    settings.LIST_CHANGE_PERCENT = 200
    assert main(command(path, "--review-on", REVIEW_ON)) == 0


TEN = "".join(f"W-{number},EJEMPLO PRUEBA {name},1988-02-29,SLV,F,\n" for number, name in enumerate("ABCDEFGHIJ"))
#: One entry comes, one changes in two cells, one goes: under the share that is set here.
UPDATE = TEN.replace("W-3,EJEMPLO PRUEBA D,1988-02-29", "W-3,EJEMPLO PRUEBA DELIA,1988-03-01").replace(
    "W-4,EJEMPLO PRUEBA E,1988-02-29,SLV,F,", "W-77,MUESTRA BETO,1970,,,"
)


def updated(path: Path, settings: Any, *options: str) -> int:
    """Load a list of ten, then a file that changes some of it."""
    settings.LIST_CHANGE_PERCENT = 50
    path.write_text(f"{HEADER}\n{TEN}")
    assert main(command(path, "--review-on", REVIEW_ON)) == 0
    path.write_text(f"{HEADER}\n{UPDATE}")
    return main(command(path, "--review-on", REVIEW_ON, *options))


def sits_here(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Have a person at the terminal who answers so."""
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)


def test_an_update_shows_its_difference_before_it_goes_live(
    path: Path, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sits_here(monkeypatch, "no\n")
    assert updated(path, settings) == 1
    shown = capsys.readouterr().err
    assert shown.splitlines()[:4] == [
        "prueba, version 1, would change: 1 added, 1 changed, 1 removed, 8 unchanged",
        "  added W-77",
        "  changed W-3: names, birth_date",
        "  removed W-4",
    ]
    assert "Put it in force? (yes/no)" in shown
    assert "refused: the list stays as it was" in shown
    assert not any(value in shown for value in ("MUESTRA", "DELIA", "1988")), "a terminal may be recorded"
    assert WatchlistVersion.objects.count() == 1
    assert AuditEntry.objects.filter(event=AuditEvent.WATCHLIST_REFUSED).exists()


def test_an_update_goes_live_when_the_person_who_sees_it_says_yes(
    path: Path, settings: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sits_here(monkeypatch, "sí\n")
    assert updated(path, settings) == 0
    assert WatchlistEntry.objects.filter(key="W-77", version_to=None).exists()


@pytest.mark.parametrize("options", [("--yes",), ("--json", "--yes")])
def test_an_update_is_shown_and_asks_nobody_where_that_is_said(
    options: tuple[str, ...],
    path: Path,
    settings: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sits_here(monkeypatch, "")
    assert updated(path, settings, *options) == 0
    shown = capsys.readouterr().err
    assert "  removed W-4" in shown
    assert "yes/no" not in shown


def test_a_script_has_the_difference_in_its_log_before_the_report(
    path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert updated(path, settings) == 0
    assert "would change: 1 added, 1 changed, 1 removed" in capsys.readouterr().err


def test_the_first_entries_of_each_kind_are_named_and_the_others_counted(
    path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LIST_CHANGE_PERCENT = 300
    rows = [f"W-{number:03},EJEMPLO,1988,SLV,F,\n" for number in range(90)]
    path.write_text(f"{HEADER}\n{''.join(rows[:60])}")
    main(command(path, "--review-on", REVIEW_ON))
    capsys.readouterr()
    path.write_text(f"{HEADER}\n{''.join(rows[30:60]).replace('1988', '1989')}{''.join(rows[60:])}")
    main(command(path, "--review-on", REVIEW_ON))
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.endswith("more")] == [
        f"  {kind}: 5 more" for kind in ("added", "changed", "removed")
    ]
    assert len(lines) == 1 + 3 * (NAMED + 1)


@pytest.mark.parametrize("again", [ANA, f"{ANA}\n"])
def test_nothing_is_asked_of_a_first_version_nor_where_nothing_changes(
    again: str, path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sits_here(monkeypatch, "no\n")
    path.write_text(f"{HEADER}\n{ANA}\n")
    assert main(command(path, "--review-on", REVIEW_ON)) == 0
    path.write_text(f"{HEADER}\n{again}")
    assert main(command(path, "--review-on", REVIEW_ON)) == 0
    assert "would change" not in capsys.readouterr().err


GOLDEN = Path(__file__).parents[2] / "golden" / "lists"
OFAC = "ofac_sdn_with_remarks_vessels_and_broken_lines"


def published(path: Path, *options: str) -> list[str]:
    return [
        "watchlist",
        "import",
        str(path),
        "--list",
        "prueba",
        *TERMS,
        "--review-on",
        REVIEW_ON,
        "--json",
        *options,
    ]


def entries() -> dict[str, tuple[str, ...]]:
    return {entry.id: entry.names for one in live_entries(date(2026, 11, 22)) for entry in one.entries}


def test_a_published_list_is_recognised_and_its_second_file_of_names_joined(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    aliases = str(GOLDEN / f"{OFAC}.aliases")
    assert main(published(GOLDEN / f"{OFAC}.csv", "--aliases", aliases)) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["refusals"]) == (3, 3)
    stood_in = {"reason": 3, "handling": 3, "action": 3}
    assert told["left_out"] == stood_in | {"beside": 1, "date": 3, "document": 1, "kind": 2, "range": 1, "state": 2}
    assert entries()["104"] == ("MUESTRA, Beto", "MUESTRA, Roberto")
    # The same again changes nothing.
    assert main(published(GOLDEN / f"{OFAC}.csv", "--format", "ofac-csv", "--aliases", aliases)) == 1
    assert json.loads(capsys.readouterr().out)["unchanged"] == 3


def test_entities_are_admitted_by_the_topics_that_are_named_with_their_documents_from_other_lines(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    path = GOLDEN / "ftm_documents_before_and_behind_and_other_schemata.jsonl"
    assert main(published(path)) == 1
    assert "author: this format needs the topics that are admitted" in capsys.readouterr().err
    assert main(published(path, "--topics", "role.journo")) == 1
    assert "no reason to stand on a list (role.journo)" in capsys.readouterr().err
    assert not Watchlist.objects.exists()
    assert main(published(path, "--topics", "sanction, crime.terror")) == 0
    (entry,) = (entry for one in live_entries(date(2026, 11, 22)) for entry in one.entries)
    assert [each.number for each in entry.documents][-2:] == ["A01234567", "C-998877"]


def test_politicians_and_relatives_are_refused_by_line_and_what_is_left_out_is_told(
    people: People, capsys: pytest.CaptureFixture[str]
) -> None:
    path = GOLDEN / "ftm_politicians_relatives_and_people_of_no_chosen_topic.jsonl"
    command = [word for word in published(path, "--topics", "sanction,crime.terror") if word != "--json"]
    assert main(command) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[1:2] == ["left out or not stated: persons with none of the topics asked for: 2"]
    assert [line.partition(": topics: ")[0] for line in shown.err.splitlines()] == ["line 1", "line 2", "line 3"]
    assert list(entries()) == ["inv-8"]
    assert "inv-3" not in str(WatchlistVersion.objects.get().report)


def test_half_a_list_in_xml_does_not_replace_the_whole_one(
    people: People, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (GOLDEN / "un_between_approximately_and_names_in_another_script.xml").read_bytes()
    path = tmp_path / "un.xml"
    path.write_bytes(whole)
    assert main(published(path)) == 1
    assert set(entries()) == {"QDi.901", "302"}
    path.write_bytes(whole[:-40])
    assert main(published(path)) == 1
    assert "breaks off or is not well-formed" in capsys.readouterr().err
    assert set(entries()) == {"QDi.901", "302"}
    assert WatchlistVersion.objects.count() == 1


def test_a_second_file_that_is_missing_is_not_available(people: People, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(published(GOLDEN / f"{OFAC}.csv", "--aliases", "no-such-file.csv")) == 3
    assert capsys.readouterr().err.count("\n") == 1
