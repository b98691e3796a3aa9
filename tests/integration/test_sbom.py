"""The bill of materials names everything that the lock and the vendored files hold, and nothing twice."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
#: What other systems than this one need: it is not installed here, and cannot be asked for its licence.
ELSEWHERE = {"colorama"}
VENDORED = ROOT / "src/torogoz/web/static/vendor"


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    done = subprocess.run([sys.executable, "tools/sbom.py"], cwd=ROOT, check=True, capture_output=True)
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def lock() -> list[dict[str, Any]]:
    return list(tomllib.loads((ROOT / "uv.lock").read_text())["package"])


def test_it_is_a_bill_that_tools_can_read(bill: dict[str, Any]) -> None:
    """The fields that CycloneDX 1.5 requires, and the NTIA's minimum elements: who, what, which, of what, when."""
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    assert bill["metadata"]["timestamp"]
    assert bill["metadata"]["tools"][0]["name"] == "uv"
    own = bill["metadata"]["component"]
    assert (own["type"], own["name"], own["licenses"]) == ("application", "torogoz", [{"expression": "Apache-2.0"}])
    references = [own["bom-ref"], *[each["bom-ref"] for each in bill["components"]]]
    assert len(references) == len(set(references))
    for each in bill["components"]:
        assert each["type"] == "library"
        assert all(each[field] for field in ("name", "version", "purl", "scope"))
        assert re.fullmatch(r"pkg:(pypi|npm)/[\w.%/-]+@[\w.+-]+", each["purl"]), each["purl"]
    assert {each["ref"] for each in bill["dependencies"]} == set(references)
    assert {need for each in bill["dependencies"] for need in each.get("dependsOn", ())} <= set(references)


def test_every_package_of_the_lock_is_in_it_with_the_hash_of_every_file(
    bill: dict[str, Any], lock: list[dict[str, Any]]
) -> None:
    listed = {(each["name"], each["version"]): each for each in bill["components"] if "pypi" in each["purl"]}
    assert set(listed) == {(each["name"], each["version"]) for each in lock if each["name"] != "torogoz"}
    for each in lock:
        if each["name"] != "torogoz":
            files = [*each.get("wheels", ()), *([each["sdist"]] if "sdist" in each else [])]
            hashes = {
                found["content"]
                for reference in listed[each["name"], each["version"]]["externalReferences"]
                for found in reference["hashes"]
                if found["alg"] == "SHA-256"
            }
            assert hashes == {file["hash"].removeprefix("sha256:") for file in files}, each["name"]


def test_what_is_delivered_is_told_from_what_only_development_needs(bill: dict[str, Any]) -> None:
    scopes = {each["name"]: each["scope"] for each in bill["components"]}
    assert {scopes[name] for name in ("django", "cryptography", "fido2", "htmx.org", "bootstrap")} == {"required"}
    assert {scopes[name] for name in ("pytest", "ruff", "playwright", "axe-core")} == {"excluded"}
    unsaid = {each["name"] for each in bill["components"] if each["scope"] == "required" and not each.get("licenses")}
    assert unsaid <= ELSEWHERE


def test_every_vendored_file_is_in_it_with_its_own_hash(bill: dict[str, Any]) -> None:
    listed = {
        each["properties"][0]["value"]: each["hashes"][0]["content"]
        for each in bill["components"]
        if "npm" in each["purl"]
    }
    files = [path for path in VENDORED.iterdir() if path.suffix in {".js", ".css"}]
    assert files
    for path in files:
        assert listed[str(path.relative_to(ROOT))] == hashlib.sha256(path.read_bytes()).hexdigest()
