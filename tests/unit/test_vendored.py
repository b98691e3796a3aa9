"""Files of other people's front ends are exactly those that VENDOR.toml names, byte for byte."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "src/torogoz/web/static/vendor", ROOT / "tests/browser/vendor"]
NOTES = {"VENDOR.toml", "LICENCES.txt"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_is_listed_with_its_licence_and_has_its_hash(folder: Path) -> None:
    listed = tomllib.loads((folder / "VENDOR.toml").read_text())["file"]
    assert {entry["path"] for entry in listed} == {path.name for path in folder.iterdir()} - NOTES
    for entry in listed:
        assert {"package", "version", "licence", "source"} <= set(entry)
        assert hashlib.sha256((folder / entry["path"]).read_bytes()).hexdigest() == entry["sha256"], entry["path"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_vendored_file_asks_for_a_source_map_that_is_not_here(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in NOTES:
            assert b"sourceMappingURL" not in path.read_bytes(), path.name
