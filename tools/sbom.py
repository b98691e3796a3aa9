"""Writes the software bill of materials: what Torogoz is made of, as CycloneDX 1.5 JSON, for whoever must check it.

uv tells what stands in uv.lock, with the hashes of every file and who needs whom. Added here are the licences that the
installed packages declare, the files of other projects that pages bring to browsers (VENDOR.toml), and what is part of
a delivery (`required`) or only of development (`excluded`). `make sbom` writes it into results/, and every bundle holds
it: with the seconds since 1970 as an argument it bears that moment, and is the same to the byte for the same lock.
"""

import json
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from check_licences import licence

ROOT = Path(__file__).parents[1]
#: folder of VENDOR.toml → whether it is delivered.
VENDORED = {"src/torogoz/web/static/vendor": True, "tests/browser/vendor": False}


def exported(*options: str) -> dict[str, Any]:
    """What uv makes of uv.lock."""
    command = [str(ROOT / ".venv/tools/bin/uv"), "export", "--quiet", "--frozen", "--offline"]
    command += ["--preview-features", "sbom-export", "--format", "cyclonedx1.5", *options]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def vendored(folder: str, scope: str) -> list[dict[str, Any]]:
    """The files that another project's package was taken apart for; each is a component, by its own hash."""
    listed = tomllib.loads((ROOT / folder / "VENDOR.toml").read_text())["file"]
    return [
        {
            "type": "library",
            "bom-ref": f"{folder}/{each['path']}",
            "name": each["package"],
            "version": each["version"],
            "purl": f"pkg:npm/{quote(each['package'])}@{each['version']}",
            "scope": scope,
            "hashes": [{"alg": "SHA-256", "content": each["sha256"]}],
            "licenses": [{"expression": each["licence"]}],
            "properties": [
                {"name": "torogoz:path", "value": f"{folder}/{each['path']}"},
                {"name": "torogoz:source", "value": each["source"]},
            ],
        }
        for each in listed
    ]


def bill() -> dict[str, Any]:
    """The whole bill."""
    made, delivered = exported(), exported("--no-dev")
    required = {(each["name"], each["version"]) for each in delivered["components"]}
    installed = {package.name.lower().replace("_", "-"): package for package in metadata.distributions()}
    for each in made["components"]:
        each["scope"] = "required" if (each["name"], each["version"]) in required else "excluded"
        if each["name"] in installed:
            each["licenses"] = [{"expression": licence(installed[each["name"]])}]
    own = made["metadata"]["component"]
    own |= {"type": "application", "purl": f"pkg:generic/torogoz@{own['version']}"}
    own["licenses"] = [{"expression": "Apache-2.0"}]
    needs = next(each for each in made["dependencies"] if each["ref"] == own["bom-ref"])
    for folder, is_delivered in VENDORED.items():
        files = vendored(folder, "required" if is_delivered else "excluded")
        made["components"] += files
        made["dependencies"] += [{"ref": each["bom-ref"]} for each in files]
        needs["dependsOn"] += [each["bom-ref"] for each in files if is_delivered]
    return made


def dated(bill: dict[str, Any], moment: int) -> dict[str, Any]:
    """The bill of that moment, under a number that what it holds decides: uv numbers and dates each one anew."""
    bill["metadata"]["timestamp"] = datetime.fromtimestamp(moment, UTC).isoformat()
    del bill["serialNumber"]
    return {"serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(bill))}"} | bill


if __name__ == "__main__":
    made = bill() if len(sys.argv) == 1 else dated(bill(), int(sys.argv[1]))
    json.dump(made, sys.stdout, indent=2)
    print()
