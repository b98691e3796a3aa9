"""What is written is what was made: in order, complete, and byte for byte the same from the same seed."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from torogoz.cli import main
from torogoz.synth.deliveries import named
from torogoz.synth.files import write_days
from torogoz.synth.world import Day

ANCHOR = datetime(2026, 11, 22, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def written(tiny: Day, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synth")
    write_days([tiny], out)
    return out


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def test_file_names_sort_in_the_order_of_arrival(tiny: Day, written: Path) -> None:
    names = sorted(path.name for path in (written / "messages").iterdir())
    assert names == [one.name for one in tiny.deliveries]
    moments = [one.arrives_at for one in tiny.deliveries]
    assert moments == sorted(moments)


def test_messages_are_written_byte_for_byte(tiny: Day, written: Path) -> None:
    for delivery in tiny.deliveries:
        assert (written / "messages" / delivery.name).read_bytes() == delivery.content


def test_nothing_of_the_truth_stands_among_what_the_centre_sees(tiny: Day, written: Path) -> None:
    seen = b"".join(path.read_bytes() for path in (written / "messages").iterdir())
    assert not any(planted.typology.encode() in seen for planted in tiny.planted)
    assert not any(planted.person.encode() in seen for planted in tiny.planted)


def test_the_schedule_holds_every_flight_also_the_silent_one(tiny: Day, written: Path) -> None:
    rows = list(csv.DictReader(StringIO((written / "schedule.csv").read_text("utf-8"))))
    assert [(row["carrier"], row["number"]) for row in rows] == [
        (flight.designator.carrier, flight.designator.number) for flight in tiny.flights
    ]
    assert {row["departure_airport"] for row in rows} | {row["arrival_airport"] for row in rows} >= {"SAL"}
    silent = [row for row in rows if not list((written / "messages").glob(f"*-{row['carrier']}{row['number']}-*"))]
    assert len(silent) == 1


def test_truth_speaks_of_every_file_and_every_planted_traveller(tiny: Day, written: Path) -> None:
    assert [line["file"] for line in lines(written / "truth" / "deliveries.jsonl")] == [
        one.name for one in tiny.deliveries
    ]
    assert len(lines(written / "truth" / "planted.jsonl")) == len(tiny.planted)
    assert len(lines(written / "truth" / "noise.jsonl")) == len(tiny.noise)


def test_a_repeated_delivery_names_the_one_it_repeats(written: Path) -> None:
    truths = lines(written / "truth" / "deliveries.jsonl")
    names = {line["file"] for line in truths}
    repeats = [line["duplicate_of"] for line in truths if line["duplicate_of"]]
    assert repeats
    assert set(repeats) <= names


def test_truth_says_in_both_languages_that_the_people_are_invented(written: Path) -> None:
    text = (written / "truth" / "README.md").read_text("utf-8")
    assert "invented" in text
    assert "inventados" in text


def test_days_of_one_run_are_numbered_through(two_days: list[Day]) -> None:
    together = named([delivery for day in two_days for delivery in day.deliveries])
    assert [int(one.name[:6]) for one in together] == list(range(1, len(together) + 1))
    assert len({one.serial for one in together}) == len(together)


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    """Whatever Python's hash seed: sets and dictionaries must not leak into the order of anything."""
    prints = set()
    for hash_seed in ("1", "2"):
        out = tmp_path / hash_seed
        command = [sys.executable, "-m", "torogoz.cli", "synth", "--out", str(out), "--preset", "tiny", "--seed", "9"]
        code = f"import sys; from torogoz.cli import main; sys.exit(main({command[3:]!r}))"
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
        )
        prints.add(fingerprint(out))
    assert len(prints) == 1


def test_the_command_prints_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new"
    assert main(["synth", "--out", str(out), "--preset", "tiny", "--date", "2026-03-01", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["messages"] == len(list((out / "messages").iterdir()))
    assert counts["broken"] == 6
    assert counts["planted"] > 20
    assert any("-202603" in path.name or "-202602" in path.name for path in (out / "messages").iterdir())


def test_the_command_says_that_people_are_invented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synth", "--out", str(tmp_path), "--preset", "tiny"]) == 0
    assert "invented" in capsys.readouterr().out


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    assert main(["synth", "--out", str(tmp_path), "--preset", "tiny"]) == 3
    assert "empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("wrong", [["--days", "0"], ["--date", "yesterday"], ["--preset", "galaxy"]])
def test_wrong_usage_is_refused_before_anything_is_made(tmp_path: Path, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["synth", "--out", str(tmp_path), *wrong])
    assert stopped.value.code == 2
    assert not list(tmp_path.iterdir())
