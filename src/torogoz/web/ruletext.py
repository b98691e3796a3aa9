"""A rule as people read it: its clauses as lines, and what one version says otherwise than the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torogoz.domain.purpose import Purpose
from torogoz.targeting.explain import describe
from torogoz.targeting.field import Language
from torogoz.targeting.language import parse
from torogoz.web.words import word


@dataclass(frozen=True, slots=True)
class Change:
    """A line that a version says anew (`+`), no longer (`−`), or as before (an empty sign)."""

    sign: str
    text: str


def language() -> Language:
    """The reader's language."""
    return Language.ES if (get_language() or "").startswith("es") else Language.EN


def reader_language() -> Literal["es", "en"]:
    """The reader's language, for the readers of files."""
    return "es" if language() is Language.ES else "en"


def clause(tree: object) -> str:
    """What a condition asks, one comparison a line, indented by depth."""
    condition, findings = parse(tree)
    if condition is None:
        return _("Not readable: %(codes)s") % {"codes": ", ".join(sorted({each.code for each in findings}))}
    return describe(condition, language())


def of(document: Mapping[str, Any], name: str) -> str:
    """A text of a document in the reader's language: `of(document, "reason")`."""
    return str(document.get(f"{name}_{language()}") or "")


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What is said anew or no longer, with the lines around it."""
    old, new = list(_lines(before)), list(_lines(after))
    found: list[Change] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Change("", line) for line in old[start:end]]
        else:
            found += [Change("−", line) for line in old[start:end]]
            found += [Change("+", line) for line in new[new_start:new_end]]
    return found


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Everything that a version says, line by line."""
    unless = clause(document["unless"]) if "unless" in document else None
    for label, said in (
        (_("Title"), of(document, "title")),
        (_("Purpose"), word(Purpose(document["purpose"]))),
        (_("Gravity"), document["gravity"]),
        (_("Review date"), document["review_on"]),
        (_("Owner"), document["owner"]),
        (_("Legal basis"), document["legal_basis"]),
        (_("Ground"), of(document, "reason")),
        (_("It fires where"), clause(document["condition"])),
        (_("It does not fire where"), unless),
        (_("Nothing speaks in favour"), None if unless else of(document, "no_unless")),
    ):
        if said is not None:
            first, *rest = str(said).splitlines() or [""]
            yield from (f"{label}: {first}", *rest)
