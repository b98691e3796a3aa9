"""What the package says of itself."""

import tomllib
from pathlib import Path

import torogoz

ROOT = Path(__file__).parents[2]


def test_the_version_is_the_project_s() -> None:
    assert torogoz.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_the_lock_file_names_no_place_of_one_machine() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    sources = [package["source"] for package in lock["package"] if package["name"] != "torogoz"]
    assert sources
    assert all(source == {"registry": "https://pypi.org/simple"} for source in sources)
