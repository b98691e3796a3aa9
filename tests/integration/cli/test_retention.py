"""Retention on the terminal: what was due is done and told, a day to come is refused, and the proof looks at bytes."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.integration.review import world
from torogoz.cli import main
from torogoz.domain.hit import HitStatus
from torogoz.storage.home import Home
from torogoz.storage.models import Hit, JourneyTraveller, RetentionRun

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Home, "ledger", property(lambda _: tmp_path / "ledger"))
    monkeypatch.setattr(Home, "certificates", property(lambda _: tmp_path / "certificates"))


@pytest.fixture
def old() -> JourneyTraveller:
    """A record that was due yesterday."""
    row = world.case(status=HitStatus.WITHDRAWN).traveller
    JourneyTraveller.objects.update(first_received_at=timezone.now() - timedelta(days=190))
    return row


def today(*, plus: int = 0) -> str:
    return str((timezone.localtime() + timedelta(days=plus)).date())


def test_a_run_purges_what_was_due_and_prints_its_counts(
    old: JourneyTraveller, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retention", "run", "--as-of", today(), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["profile"] == "c817"
    assert told["run"] == RetentionRun.objects.get().pk
    assert told["counts"]["purged.storage.JourneyTraveller"] == 1
    assert not JourneyTraveller.objects.exists()
    assert main(["retention", "run", "--as-of", today()]) == 0
    assert "nothing is due" in capsys.readouterr().out


def test_a_day_to_come_is_refused_and_can_be_looked_at(
    old: JourneyTraveller, capsys: pytest.CaptureFixture[str]
) -> None:
    JourneyTraveller.objects.update(first_received_at=timezone.now())
    assert main(["retention", "run", "--as-of", today(plus=200)]) == 1
    assert "this day is to come" in capsys.readouterr().err
    assert main(["retention", "run", "--as-of", today(plus=200), "--dry-run"]) == 0
    assert "purge.records" in capsys.readouterr().out
    assert JourneyTraveller.objects.exists()
    assert not RetentionRun.objects.exists()


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", ""])
def test_what_is_no_day_is_wrong_usage(day: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(["retention", "run", "--as-of", day])
    assert end.value.code == 2


def test_a_certificate_is_verified_and_one_that_was_altered_is_not(
    old: JourneyTraveller, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["retention", "run", "--as-of", today()])
    [path] = (tmp_path / "certificates").iterdir()
    assert main(["retention", "verify", str(path)]) == 0
    said = capsys.readouterr().out
    public = json.loads(path.read_text())["public"]
    assert public in said
    assert "purged {'traveller': 1}" in said
    assert main(["retention", "verify", str(path), "--public", public]) == 0
    assert main(["retention", "verify", str(path), "--public", "00" * 32]) == 1
    assert "another key" in capsys.readouterr().err
    for altered in (path.read_text().replace('"traveller":1', '"traveller":2'), "{}", "", '{"signature":"00"}', "né"):
        path.write_text(altered)
        assert main(["retention", "verify", str(path)]) == 1
        assert "altered" in capsys.readouterr().err


def test_the_proof_searches_every_file_of_the_home_and_says_where_a_value_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(Home.current().keys, home / "keys")
    monkeypatch.setattr(Home, "current", classmethod(lambda cls: cls(home)))
    values = tmp_path / "values"
    values.write_text("QUETZALCOATL 17\nNOBODY HERE\n")
    assert main(["retention", "prove", "--search", str(values), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["values"] == 2
    assert told["places"]["home"]["found"] == []
    (home / "left.log").write_bytes(b"\0\0" + "quetzalcoatl 17".encode("utf-16-le") + b"\0")
    assert main(["retention", "prove", "--search", str(values)]) == 1
    assert "left.log" in capsys.readouterr().out
    values.write_text("abc\n")
    assert main(["retention", "prove", "--search", str(values)]) == 1
    assert "fewer than four signs" in capsys.readouterr().err
    assert main(["retention", "prove"]) == 0


def test_in_a_demonstration_days_to_come_are_tried_out(old: JourneyTraveller, settings: Any) -> None:
    JourneyTraveller.objects.update(first_received_at=timezone.now())
    settings.DEMO = True
    assert main(["retention", "run", "--as-of", today(plus=200)]) == 0
    assert not Hit.objects.exists()
