"""The settings: one table, read from the environment, then torogoz.toml, then the default; what is amiss is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from torogoz.cli import main
from torogoz.errors import AuthorError
from torogoz.storage.configuration import SETTINGS, Place, read, read_with_places
from torogoz.storage.home import Home

#: setting → two values that its file and its variable may say, and some that neither may.
EXAMPLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "state": ('"GTM"', "HND", ('"XXX"', "7", '"slv"', "[]")),
    "time_zone": ('"America/Tegucigalpa"', "UTC", ('"Central"', "6", '"../etc"')),
    "origin": (
        '"https://piu.example"',
        "http://piu.example:8000",
        ('"piu.example"', '"https://a/b"', '"ftp://a"', "1"),
    ),
    "allowed_hosts": ('["a.example", "b.example"]', "c.example,d.example", ('["a b"]', "[7]", "7", '["*"]')),
    "require_second_factor": ("true", "false", ('"perhaps"', "2", "[]")),
    "claim_minutes": ("30", "20", ("0", "241", "1.5", '"soon"', "true", '"9999999999"')),
    "cleared_sample_percent": ("5", "0", ("-1", "101", "1.5", '"half"')),
    "entry_hits_a_day": ("5", "50", ("0", "100001", '"many"', "true")),
    "entry_hits_a_week": ("20", "200", ("0", "100001", "1.5")),
    "entry_rejected_percent": ("80", "95", ("0", "101", '"all"')),
    "series_minutes": ("30", "20", ("0", "1441", "1.5", '"soon"', "true", '"9999999999"')),
    "list_change_percent": ("50", "0", ("-1", "101", "0.2", '"large"')),
    "list_waiting_days": ("14", "3", ("0", "31", '"long"', "true")),
    "review_probability": ("0.25", "0.01", ("0", "1", "0.0001", '"half"', "true", "[]")),
    "urgent_probability": ("0.9", "0.99", ("0", "1", "0.9999", '"soon"', "true", '"1e-1"')),
    "retention_profile": ('"annex9"', "api_48h", ('"forever"', "5", '"C817"')),
    "raw_days": ("20", "10", ("0", "181", '"long"')),
    "sealed_hours": ("24", "48", ("0", "721", "1.5")),
    "crossing_months": ("24", "12", ("0", "1201", "[]")),
    "retention_hour": ("4", "5", ("24", "-1", '"night"')),
    "sensitive_add": ('["ssr:XMAS", "word: ayuno"]', "title:hermano,phrase:año santo", ('["ssr:K"]', "7", '"secta"')),
    "sensitive_keep": ('["ssr:BLML"]', "ssr:SPML,ssr:MAAS", ('["words:x"]', "5", '"word:a.*"')),
    "office": ('"SVPIU"', "CNAP1", ('"two words"', '"small"', "7")),
    "hotline": ('"+503 0000 0000"', "+503 1111 1111", ('"número"', "5", f'"{"1" * 31}"')),
    "answer_seconds": ("5", "6", ("0", "31", '"soon"')),
}
NAMES = [setting.name for setting in SETTINGS]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_each_setting_has_its_examples_here() -> None:
    assert list(EXAMPLES) == NAMES


def test_without_a_file_and_an_environment_every_setting_has_its_default(home: Home) -> None:
    assert read(home, {}) == {setting.name: setting.default for setting in SETTINGS}


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_comes_before_the_file_and_the_file_before_the_default(home: Home, name: str) -> None:
    in_file, in_environment, _ = EXAMPLES[name]
    default = read_with_places(home, {})[name]
    home.settings.write_text(f"{name} = {in_file}\n")
    from_file = read_with_places(home, {f"TOROGOZ_{name.upper()}": ""})[name]
    from_both = read_with_places(home, {f"TOROGOZ_{name.upper()}": in_environment})[name]
    assert [each.place for each in (default, from_file, from_both)] == [Place.DEFAULT, Place.FILE, Place.ENVIRONMENT]
    assert default.value != from_file.value != from_both.value
    assert type(from_file.value) is type(from_both.value)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in NAMES for value in EXAMPLES[name][2]])
def test_a_value_that_is_not_of_its_form_is_refused_by_its_name_and_not_quoted(
    home: Home, name: str, value: str
) -> None:
    home.settings.write_text(f"{name} = {value}\n")
    with pytest.raises(AuthorError, match=f"the setting {name} ") as refused:
        read(home, {})
    assert refused.value.remedy.startswith("write ")
    assert value.strip('"') not in str(refused.value).replace(refused.value.remedy, "")


def test_a_name_that_no_setting_has_is_refused_and_steers_no_terminal(home: Home) -> None:
    home.settings.write_text('"claim_minute\\u001b" = 5\n')
    with pytest.raises(AuthorError, match=r"torogoz\.toml has no setting claim_minute\?"):
        read(home, {})


@pytest.mark.parametrize("content", [b"state = ", b'state = "\xff"', b"\x00"])
def test_a_file_that_is_not_toml_is_its_authors_to_correct(home: Home, content: bytes) -> None:
    home.settings.write_bytes(content)
    with pytest.raises(AuthorError, match="not written as TOML"):
        read(home, {})


def test_the_settings_in_force_are_printed_with_their_places(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home.settings.write_text("claim_minutes = 30\n")
    monkeypatch.setenv("TOROGOZ_STATE", "GTM")
    assert main(["settings", "--json", "--home", str(home.path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["claim_minutes"] == {"value": 30, "said_in": "torogoz.toml"}
    assert told["state"] == {"value": "GTM", "said_in": "environment"}
    assert main(["settings", "--home", str(home.path)]) == 0
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["claim_minutes", "30", "(torogoz.toml)"] in printed
