"""`torogoz parse`: one JSON object a message, one a line, and what bad input gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.messages.written import paxlst_bytes
from torogoz import cli

LIST = paxlst_bytes("NAD+FL+++EJEMPLO PEÑA:ANA'DTM+329:880229'")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.edi").write_bytes(LIST + LIST)
    (tmp_path / "bad.edi").write_bytes(b"\x00\xffhello")
    return tmp_path


def test_each_message_is_one_object_on_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(folder / "good.edi")
    assert cli.main(["parse", path, "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    shown = [json.loads(line) for line in lines]
    assert [(each["file"], each["message"], each["type"]) for each in shown] == [
        (path, 1, "PAXLST"),
        (path, 2, "PAXLST"),
    ]
    assert shown[0]["travellers"][0]["surname"] == "EJEMPLO PEÑA"


def test_what_cannot_be_read_ends_with_status_1_and_the_rest_is_done(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["parse", str(folder / "bad.edi"), str(folder / "good.edi"), "--language", "es"]) == 1
    out, err = capsys.readouterr()
    first, *rest = [json.loads(line) for line in out.splitlines()]
    assert first["type"] is None
    assert first["findings"][0]["severity"] == "error"
    assert first["findings"][0]["text"] == "No se encuentra ningún mensaje de los que se leen"
    assert len(rest) == 2
    assert err == ""


def test_the_benchmark_stands_beside_its_peer_in_the_same_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "parse", "--json", "--messages", "1", "--seats", "3", "--turns", "1"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["benchmark"] == "parse"
    assert report["sizes"]["travellers_a_message"] == 3
    assert set(report["ratios"]) == {"pydifact", "pydifact_pnrgov"}
    shares = {"pnrgov_bookings_left_to_the_general_way", "day_share_fallen_back"}
    assert all(figure > 0 or (name in shares and figure == 0) for name, figure in report["figures"].items())


def test_a_file_that_is_not_there_ends_with_status_3_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["parse", str(tmp_path / "none.edi")]) == 3
    assert capsys.readouterr().err.count("\n") == 1
