"""`torogoz match` answers a file of people against a list, without a database."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from torogoz.cli import main
from torogoz.cli.bulk import processes_for

LIST = """id,names,birth_date,nationality,sex,document_numbers
W-1,MARIA GARCIA LOPEZ DE LA VEGA;Maria Garcia,1988-02-29,SLV,F,SLV:P:A01234567
W-2,José Ejemplo,1960,SLV;GTM,M,
W-3,,,,,B7654321
"""
QUERIES = """id,surname,given_names,birth_date,nationality,sex,document_number
q1,GARCIA LOPEZ,MARIA,1988-02-29,SLV,F,
q2,GARCIA LOPEZ,MARIA,1961-07-30,SLV,F,
q3,,,,,,B-765 4321
"""


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """A list and queries, as options."""
    listed, queries = tmp_path / "list.csv", tmp_path / "queries.csv"
    listed.write_text(LIST, encoding="utf-8")
    queries.write_text(QUERIES, encoding="utf-8")
    return ["--list", str(listed), "--queries", str(queries)]


def answers(text: str) -> list[dict[str, Any]]:
    """Each line as an object."""
    return [json.loads(line) for line in text.splitlines()]


def test_one_line_a_query_in_order_as_the_contract_writes_it(
    paths: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", *paths]) == 0
    first, second, third = answers(capsys.readouterr().out)
    assert second == {"query": "q2", "matches": []}
    assert [each["entry"] for each in third["matches"]] == ["W-3"]
    (found,) = first["matches"]
    assert set(found) == {"entry", "probability", "bits", "name", "evidence", "chance", "would_change"}
    assert (found["entry"], found["name"]) == ("W-1", "MARIA GARCIA LOPEZ DE LA VEGA")
    told = {"field": "name", "code": "name_same", "bits": 9.496, "text": "GARCIA = GARCIA, 1 in 3 on this list"}
    assert found["evidence"][0] == told
    assert found["chance"]["entries"] < 0.001
    assert found["chance"]["text"].startswith("by chance, ")
    unborn = next(each for each in found["would_change"] if each["code"] == "if_birth_date_unknown")
    assert unborn["text"] == "without the birth date"
    assert unborn["probability"] < found["probability"]
    assert sum(each["bits"] for each in found["evidence"]) == pytest.approx(found["bits"])


def test_out_stats_threshold_language_and_explanation(
    paths: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, stats = tmp_path / "out.ndjson", tmp_path / "stats.json"
    options = ["--out", str(out), "--stats", str(stats), "--threshold", "0.99", "--language", "es", "--explain"]
    assert main(["match", *paths, *options]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "q1 → W-1  nominal P > 99 %  (" in shown.err
    assert "misma fecha de nacimiento: 1988-02-29" in shown.err
    assert [len(each["matches"]) for each in answers(out.read_text(encoding="utf-8"))] == [1, 0, 1]
    assert list(json.loads(stats.read_text())) == [
        *("entries", "names", "queries", "load_s", "build_s", "match_s", "p50_ms", "p99_ms", "peak_rss_mb")
    ]
    assert json.loads(stats.read_text())["entries"] == 3


def test_words_that_are_not_the_same_are_laid_side_by_side(
    paths: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "queries.csv"
    asked.write_text(QUERIES.replace("GARCIA LOPEZ,MARIA,1988-02-29", "GARCIA LOPES,MARIA,1988-02-29"))
    assert main(["match", *paths, "--explain"]) == 0
    shown = capsys.readouterr()
    assert "LOPE[S] / LOPE[Z]\n" in shown.err
    assert "without the birth date: P " in shown.err
    assert "by chance, by these weights, at most 1 in " in shown.err
    (found,) = answers(shown.out)[0]["matches"]
    assert [each["letters"] for each in found["evidence"] if "letters" in each] == [
        [{"asked": "LOPE", "listed": "LOPE", "same": True}, {"asked": "S", "listed": "Z", "same": False}]
    ]


def test_refused_lines_are_told_without_their_values_and_the_rest_is_done(
    paths: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(paths[1]).write_text(LIST + "W-4,EJEMPLO,nie,,,\n" * 150, encoding="utf-8")
    assert main(["match", *paths]) == 1
    shown = capsys.readouterr()
    assert len(answers(shown.out)) == 3
    told = shown.err.splitlines()
    assert told[0] == "author: list.csv: line 5: birth_date is not an ISO 8601 date"
    assert told[-1] == "author: 50 more lines were refused"
    assert len(told) == 101
    assert "EJEMPLO" not in shown.err


def test_a_wrong_header_ends_it_with_one_line(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(paths[3]).write_text("q1,GARCIA,MARIA,,,,\n", encoding="utf-8")
    assert main(["match", *paths]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "GARCIA" not in shown.err


def test_a_missing_file_is_not_available(paths: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    paths[1] += ".none"
    assert main(["match", *paths]) == 3
    assert capsys.readouterr().err.startswith("unavailable: ")


@pytest.mark.parametrize("threshold", ["0", "1", "likely"])
def test_a_threshold_that_is_no_probability_is_wrong_usage(paths: list[str], threshold: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["match", *paths, "--threshold", threshold])
    assert stopped.value.code == 2


def test_no_queries_are_no_lines(paths: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(paths[3]).write_text(QUERIES.splitlines()[0], encoding="utf-8")
    assert main(["match", *paths, "--stats", str(tmp_path / "stats.json")]) == 0
    assert capsys.readouterr().out == ""


def test_it_starts_without_django(paths: list[str]) -> None:
    code = f"import sys; from torogoz.cli import main; main({['match', *paths]!r}); assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.fixture
def many(paths: list[str]) -> list[str]:
    """The same list, and more queries than a flight has, most of which are nobody's."""
    rows = [
        f"m{number},GARCIA LOPEZ,{'MARIA' if number % 7 == 0 else 'PRUEBA'},19{number % 90 + 10}-02-28,SLV,F,"
        for number in range(1_000)
    ]
    Path(paths[3]).write_text(QUERIES + "\n".join(rows), encoding="utf-8")
    return paths


def test_flights_and_several_processes_answer_as_one_by_one_does(
    many: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", *many, "--processes", "1", "--explain"]) == 0
    one = capsys.readouterr()
    # In a program of its own: this one holds what a fork would take along.
    run = [sys.executable, "-m", "torogoz", "match", *many, "--processes", "2", "--explain"]
    two = subprocess.run(run, check=True, capture_output=True, text=True, encoding="utf-8")
    assert (two.stdout, two.stderr) == (one.out, one.err)
    written = answers(one.out)
    assert [each["query"] for each in written] == ["q1", "q2", "q3", *(f"m{number}" for number in range(1_000))]
    header, *rows = Path(many[3]).read_text(encoding="utf-8").splitlines()
    for place in (0, 3, 7, 299, 300, 302, 303, 640, 1_002):
        alone = tmp_path / "alone.csv"
        alone.write_text(f"{header}\n{rows[place]}\n", encoding="utf-8")
        assert main(["match", many[0], many[1], "--queries", str(alone)]) == 0
        assert answers(capsys.readouterr().out) == [written[place]]


def test_more_processes_are_had_where_queries_and_cores_are_worth_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr("threading.active_count", lambda: 1)
    assert [processes_for(queries) for queries in (0, 1_999, 2_000, 1_000_000)] == [1, 1, 2, 2]
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert processes_for(1_000_000) == 1


def test_no_process_is_no_number_of_them(paths: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["match", *paths, "--processes", "0"])
    assert stopped.value.code == 2


def test_a_process_that_is_ended_from_without_is_told_in_one_line() -> None:
    code = """
import os, signal, sys
from torogoz.cli.bulk import Bulk, answered
from torogoz.errors import UnavailableError
from torogoz.matching import Query, build
bulk = Bulk([("q", Query("GARCIA"))], build([]), 0.5, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
try:
    list(answered(bulk, 2))
except UnavailableError as problem:
    print(problem)
"""
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.startswith("unavailable: a process that looked for people was ended")


def test_no_process_outlives_the_command() -> None:
    code = """
import os, time
from torogoz.cli.bulk import Bulk, answered
from torogoz.matching import Query, build
def write(*_):
    os.write(1, b"%d\\n" % os.getpid())  # whole: both write to one pipe
    time.sleep(60)
list(answered(Bulk([("q", Query("GARCIA"))] * 600, build([]), 0.5, write), 2))
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout
        answering = [int(command.stdout.readline()) for _ in range(2)]
        command.kill()
    assert len(set(answering)) == 2
    until = time.monotonic() + 20
    while any(map(alive, answering)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, answering))


def alive(process: int) -> bool:
    """Whether a process runs; who has ended and is not yet taken note of does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
