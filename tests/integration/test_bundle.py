"""A bundle installs what was signed and nothing else: not what was changed, nor added, nor signed by somebody else."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).parents[2]
_place = spec_from_file_location("bundle", ROOT / "tools/bundle.py")
assert _place
assert _place.loader
bundle = module_from_spec(_place)
_place.loader.exec_module(bundle)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a bundle holds it, signed, with one document and no wheels."""
    monkeypatch.setattr(bundle, "KEY", tmp_path / "keys/bundle.pem")
    folder = tmp_path / "torogoz"
    (folder / "wheels").mkdir(parents=True)
    (folder / "requirements.txt").write_text("")
    (folder / "README.md").write_text("An invented document.\n")
    shutil.copy(ROOT / "tools/install.sh", folder)
    bundle.sign(folder, tmp_path / "public.pem")
    return folder


def install(stage: Path, key: Path | None = None, target: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installer."""
    command = [stage / "install.sh", key or stage.parent / "public.pem", target or stage.parent / "app"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def changed(stage: Path) -> None:
    (stage / "README.md").write_text("Another document.\n")


def added(stage: Path) -> None:
    (stage / "wheels/other-1.0-py3-none-any.whl").write_bytes(b"")


def taken_away(stage: Path) -> None:
    (stage / "README.md").unlink()


def summed_anew(stage: Path) -> None:
    changed(stage)
    sums = (stage / "SHA256SUMS").read_text().splitlines(keepends=True)
    (stage / "SHA256SUMS").write_text("".join(line for line in sums if "README" not in line))


@pytest.mark.parametrize("harm", [changed, added, taken_away, summed_anew])
def test_a_bundle_that_is_not_what_was_signed_installs_nothing(stage: Path, harm: Callable[[Path], None]) -> None:
    harm(stage)
    done = install(stage)
    assert done.returncode == 1
    assert "sign" in done.stderr
    assert not (stage.parent / "app").exists()


def test_a_bundle_signed_by_somebody_else_installs_nothing(stage: Path) -> None:
    other = stage.parent / "other.pem"
    pem = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    other.write_bytes(Ed25519PrivateKey.generate().public_key().public_bytes(*pem))
    done = install(stage, other)
    assert done.returncode == 1
    assert "do not install" in done.stderr
    assert not (stage.parent / "app").exists()


def test_an_installation_that_is_there_is_not_touched(stage: Path) -> None:
    (stage.parent / "app").mkdir()
    done = install(stage)
    assert done.returncode == 1
    assert list((stage.parent / "app").iterdir()) == []


def test_a_bundle_without_its_wheels_leaves_no_half_installation(stage: Path) -> None:
    done = install(stage)
    assert done.returncode == 3
    assert not (stage.parent / "app").exists()


def test_the_signing_key_is_made_once_and_is_private(stage: Path) -> None:
    before = bundle.KEY.read_bytes()
    assert bundle.KEY.stat().st_mode & 0o777 == 0o600
    bundle.signing_key()
    assert bundle.KEY.read_bytes() == before


def test_of_one_content_the_archive_is_the_same_to_the_byte(stage: Path, tmp_path: Path) -> None:
    bundle.pack(stage, tmp_path / "one.tar.gz", 1_800_000_000)
    for path in stage.rglob("*"):
        path.touch()
    bundle.pack(stage, tmp_path / "two.tar.gz", 1_800_000_000)
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()


def test_a_bundle_holds_the_bill_of_its_parts_and_that_of_one_commit_is_always_the_same(tmp_path: Path) -> None:
    written = []
    for moment in (1_700_000_000, 1_700_000_000, 1_800_000_000):
        bundle.list_parts(tmp_path, moment)
        written.append((tmp_path / "sbom.cdx.json").read_bytes())
    first, again, later = written
    assert first == again
    bill, other = json.loads(first), json.loads(later)
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    assert "django" in {each["name"] for each in bill["components"]}
    assert bill["components"] == other["components"]
    assert bill["serialNumber"] != other["serialNumber"]
