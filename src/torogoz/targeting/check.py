"""The linter: what is refused before a rule may screen anybody (LR-24, LR-33, LR-34), and loading what passed it.

Its tests are of what a condition *means*, not of how it is written (`proof`), so that nesting, negation and conditions
which are always true do not get around them:

- No special category nor proxy of one: they have no field, and texts that name one are refused.
- An ordinary traveller must not be reachable: who somebody is, where they come from and which flight they take may
  narrow a rule, but each way of fulfilling it needs a fact of conduct out of the ordinary.
- Exonerating facts, or the reason why there are none; facts that can occur, and none of origin.
- Only fields that the purpose may read.
- Nothing of earlier journeys that forgetting would make true: that they are few, or not known.
- A ground, an owner, a legal basis, and a review within a year.

It proves what a rule can do, not what it will do: a pattern that happens to fall on one people is for the rehearsal on
history to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import msgspec

from torogoz.domain.purpose import readable_classes
from torogoz.domain.rule import Rule
from torogoz.targeting.condition import AllOf, AnyOf, Condition, Leaf, Not, Op, Presence, names_in
from torogoz.targeting.field import About, Memory
from torogoz.targeting.findings import RuleFinding, RuleRefusedError, finding
from torogoz.targeting.language import parse, places
from torogoz.targeting.proof import TooComplexError, possible, reaches_ordinary
from torogoz.targeting.rulefile import NO_UNLESS, PURPOSES, TEXTS, check_form, read_date
from torogoz.targeting.special import word_of_special_category
from torogoz.targeting.vocabulary import VOCABULARY

#: The longest time that a rule may run without being reviewed.
REVIEW_WITHIN = timedelta(days=366)
#: An author corrects what is wrong and asks again; a file of nothing but mistakes is not told them all.
MAX_FINDINGS = 100


def check(document: object, today: date) -> tuple[RuleFinding, ...]:
    """Everything for which a rule is refused on that day; nothing where it may be proposed."""
    findings = check_content(document)
    review = read_date(document.get("review_on")) if isinstance(document, dict) else None
    if review is not None and review <= today:
        findings += (finding("REVIEW_PAST", "/review_on"),)
    if review is not None and review > today + REVIEW_WITHIN:
        findings += (finding("REVIEW_LATE", "/review_on"),)
    return findings


def load(document: object, version: int = 1) -> Rule:
    """Give the rule that a document holds; RuleRefusedError where it is refused, its review date apart."""
    findings = check_content(document)
    if findings or not isinstance(document, dict):
        raise RuleRefusedError(findings)
    return msgspec.convert({**document, "version": version}, Rule)


def check_content(document: object) -> tuple[RuleFinding, ...]:
    """Everything for which a rule is refused on any day."""
    findings = list(check_form(document))
    if not isinstance(document, dict):
        return tuple(findings)
    findings += _texts(document)
    read: dict[str, Condition] = {}
    for clause in ("condition", "unless"):
        if clause in document:
            condition, wrong = parse(document[clause], f"/{clause}")
            findings += wrong
            if condition is not None:
                read[clause] = condition
                findings += _fields(document, clause)
    if "condition" in read:
        findings += _forgotten(read["condition"])
    if "condition" in read and ("unless" in read or "unless" not in document):
        findings += _meaning(read["condition"], read.get("unless"))
    return tuple(findings[:MAX_FINDINGS])


def _texts(document: Mapping[str, object]) -> Iterator[RuleFinding]:
    for key in (*TEXTS, *NO_UNLESS):
        text = document.get(key)
        word = word_of_special_category(text) if isinstance(text, str) else None
        if word is not None:
            yield finding("WORDS_OF_SPECIAL_CATEGORY", f"/{key}", word=word)


def _fields(document: Mapping[str, object], clause: str) -> Iterator[RuleFinding]:
    purpose = next((purpose for purpose in PURPOSES if purpose == document.get("purpose")), None)
    for name, at in places(document[clause], f"/{clause}"):
        field = VOCABULARY[name]
        if purpose is not None and not field.readable(readable_classes(purpose)):
            needed = ", ".join(sorted(field.reads))
            yield finding("FIELD_NOT_ALLOWED", at, field=name, purpose=purpose, classes=needed)
        if clause == "unless" and field.about is About.ORIGIN:
            yield finding("EXONERATION_BY_ORIGIN", at, field=name)


def _forgotten(condition: Condition, *, held: bool = True) -> Iterator[RuleFinding]:
    """Comparisons that become true because something has been forgotten; under `not` the contrary is asked."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _forgotten(part, held=held)
        case Not(part):
            yield from _forgotten(part, held=not held)
        case _:
            for name in names_in(condition):
                memory = VOCABULARY[name].memory
                if memory and not _outlives_forgetting(condition, name, memory, held=held):
                    yield finding("READS_FORGETTING", "/condition", field=name)


def _outlives_forgetting(leaf: Leaf, name: str, memory: Memory, *, held: bool) -> bool:
    if isinstance(leaf, Presence):
        return leaf.known is held
    if memory is Memory.LAST:
        return True
    at_least, at_most = (Op.GE, Op.GT), (Op.LE, Op.LT)
    on_the_left = leaf.field == name
    return leaf.op in (at_least if on_the_left is held else at_most)


def _meaning(condition: Condition, unless: Condition | None) -> Iterator[RuleFinding]:
    try:
        if reaches_ordinary(condition):
            yield finding("NO_OBJECTIVE_GROUND", "/condition")
        if not possible(condition if unless is None else AllOf((condition, Not(unless)))):
            yield finding("NEVER_FIRES", "/condition")
        elif unless is not None and not possible(AllOf((condition, unless))):
            yield finding("EMPTY_EXONERATION", "/unless")
    except TooComplexError:
        yield finding("TOO_COMPLEX", "/condition")
