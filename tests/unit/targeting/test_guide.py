"""The authors' guides list the vocabulary as it is, and their example is a rule that passes."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from torogoz.targeting.check import check
from torogoz.targeting.field import Field, Language, Range
from torogoz.targeting.vocabulary import VOCABULARY

DOCS = Path(__file__).parents[3] / "docs" / "analyst"
GUIDES = pytest.mark.parametrize(
    ("language", "guide"), [(Language.ES, DOCS / "reglas.md"), (Language.EN, DOCS / "rules.md")], ids=["es", "en"]
)
_AND_OR = {Language.ES: (" + ", " o "), Language.EN: (" + ", " or ")}
_YES_NO = {Language.ES: {True: "sí", False: "no"}, Language.EN: {True: "yes", False: "no"}}
_TO = {Language.ES: "a", Language.EN: "to"}


def rows(language: Language) -> list[str]:
    """The guide's table, a field a line."""
    return [
        f"| `{field.name}` | {field.kind} | {_data(field, language)} | {field.about} | {_ordinary(field, language)} "
        f"| {field.label.of(language)}. {field.help.of(language)} |"
        for field in VOCABULARY.values()
    ]


def _data(field: Field, language: Language) -> str:
    return _AND_OR[language][0 if field.every else 1].join(sorted(one.upper() for one in field.reads))


def _ordinary(field: Field, language: Language) -> str:
    match field.ordinary:
        case None:
            return ""
        case Range(low, high):
            return f"{low:g} {_TO[language]} {high:g}"
        case codes:
            return ", ".join(sorted(code if isinstance(code, str) else _YES_NO[language][code] for code in codes))


@GUIDES
def test_the_table_of_fields_is_the_vocabulary(language: Language, guide: Path) -> None:
    table = [line for line in guide.read_text().splitlines() if re.match(r"\| `\w+\.\w+` \|", line)]
    assert table == rows(language)


@GUIDES
def test_the_guides_example_passes_the_linter(language: Language, guide: Path) -> None:
    example = re.search(r"```json\n(.*?)```", guide.read_text(), re.DOTALL)
    assert example
    assert check(json.loads(example[1]), date(2026, 11, 22)) == ()
