"""Targeting rules: whether a file holds one that may be proposed, and if not, what its author must do.

Prints one line a finding, or with --json one object a file. The exit status is 1 where a rule was refused.
"""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime
from pathlib import Path

from torogoz.targeting.check import check
from torogoz.targeting.field import Language
from torogoz.targeting.findings import RuleFinding, RuleRefusedError
from torogoz.targeting.rulefile import MAX_BYTES, read_json


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    checking = actions.add_parser("check", help="validate rules; nothing is stored")
    checking.add_argument("files", nargs="+", type=Path, metavar="FILE", help="one rule as a JSON object")
    checking.add_argument("--language", choices=[language.value for language in Language], default="en")
    checking.add_argument("--json", action="store_true", help="print one JSON object a file, in both languages")
    checking.set_defaults(act=_check)


def run(arguments: argparse.Namespace) -> int:
    """Do what the action says."""
    status: int = arguments.act(arguments)
    return status


def _check(arguments: argparse.Namespace) -> int:
    today = datetime.now().astimezone().date()
    refused = 0
    for path in arguments.files:
        key, findings = _findings(path, today)
        refused += bool(findings)
        if arguments.json:
            print(json.dumps(_report(path, key, findings), ensure_ascii=False))
        else:
            _say(path, findings, Language(arguments.language))
    return 1 if refused else 0


def _findings(path: Path, today: date) -> tuple[str | None, tuple[RuleFinding, ...]]:
    """The rule's key, where it has one, and what is wrong. One byte past the limit tells that it is passed."""
    try:
        with path.open("rb") as file:
            document = read_json(file.read(MAX_BYTES + 1))
    except RuleRefusedError as refused:
        return None, refused.findings
    key = document.get("key") if isinstance(document, dict) else None
    return key if isinstance(key, str) else None, check(document, today)


def _say(path: Path, findings: tuple[RuleFinding, ...], language: Language) -> None:
    if not findings:
        print(f"{path}: {'puede proponerse' if language is Language.ES else 'may be proposed'}")
    for found in findings:
        print(f"{path}: {found.at or '/'}: {found.code}: {found.text(language)}; {found.remedy(language)}")


def _report(path: Path, key: str | None, findings: tuple[RuleFinding, ...]) -> dict[str, object]:
    return {
        "file": str(path),
        "key": key,
        "accepted": not findings,
        "findings": [
            {
                "code": found.code,
                "at": found.at,
                "text": {language.value: found.text(language) for language in Language},
                "remedy": {language.value: found.remedy(language) for language in Language},
            }
            for found in findings
        ],
    }
