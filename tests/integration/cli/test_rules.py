"""`torogoz rules check` tells an author what to correct, without a database."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from torogoz.cli import main
from torogoz.targeting.examples import example_rules


@pytest.fixture
def lawful(tmp_path: Path) -> Path:
    return written(tmp_path / "lawful.json")


def written(path: Path, **changes: Any) -> Path:
    review_on = (datetime.now(UTC) + timedelta(days=90)).date()
    path.write_text(json.dumps(example_rules(review_on)[0] | changes))
    return path


BY_NATIONALITY = {"field": "traveller.nationality", "op": "eq", "value": "GTM"}


def test_a_lawful_rule_may_be_proposed(lawful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(lawful)]) == 0
    assert capsys.readouterr().out == f"{lawful}: may be proposed\n"
    assert main(["rules", "check", "--language", "es", str(lawful)]) == 0
    assert capsys.readouterr().out == f"{lawful}: puede proponerse\n"


def test_a_refused_rule_gives_place_code_reason_and_remedy_and_the_others_are_still_checked(
    lawful: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = written(tmp_path / "refused.json", condition=BY_NATIONALITY)
    assert main(["rules", "check", str(refused), str(lawful)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{refused}: /condition: NO_OBJECTIVE_GROUND: the rule would reach an ordinary traveller")
    assert "; join each branch" in first
    assert second == f"{lawful}: may be proposed"


def test_json_gives_one_object_a_file_in_both_languages(
    lawful: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    no_rule = tmp_path / "no-rule.json"
    no_rule.write_text("[]")
    assert main(["rules", "check", "--json", str(lawful), str(broken), str(no_rule)]) == 1
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert reports[0] == {
        "file": str(lawful),
        "key": "api-and-booking-disagree",
        "accepted": True,
        "findings": [],
    }
    assert [report["findings"][0]["code"] for report in reports[1:]] == ["NOT_JSON", "NOT_OBJECT"]
    finding = reports[1]["findings"][0]
    assert (finding["at"], finding["text"]["es"]) == ("", "el archivo no es JSON válido")
    assert finding["remedy"]["en"] == "correct the syntax near line 1"


def test_a_file_that_cannot_be_read_ends_with_status_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "check", str(tmp_path / "none.json")]) == 3
    assert capsys.readouterr().err.startswith("unavailable: ")


def test_a_huge_file_is_not_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(10**10)
    assert main(["rules", "check", str(huge)]) == 1
    assert "TOO_LARGE" in capsys.readouterr().out


def test_it_needs_neither_django_nor_a_home(lawful: Path) -> None:
    code = (
        "import sys; from torogoz.cli import main; "
        f"status = main(['rules', 'check', {str(lawful)!r}]); "
        "sys.exit(status or 'django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
