"""Whom a condition could reach at all: a search over every kind of row that it can tell apart.

A condition knows only the values that it names: two ages on the same side of all its bounds are one to it. So a few
samples of each field stand for all of its values, and trying their combinations decides two questions exactly, however
the author has written, nested or negated the condition:

- `possible`: can anybody fulfil it?
- `reaches_ordinary`: could somebody fulfil it by who they are, where they come from and which flight they take, while
  every fact of their conduct, if known, is ordinary? Then nationality, age or route is its ground (LR-24, LR-33).

Refuses to guess: a condition with too many combinations raises `TooComplexError`, and the linter refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from torogoz.targeting.condition import (
    Comparison,
    Condition,
    FieldComparison,
    Leaf,
    Op,
    Presence,
    fields_of,
    leaves,
    names_in,
)
from torogoz.targeting.field import About, Field, Kind, Range, Value
from torogoz.targeting.interpret import Row, leaf_truth, truth
from torogoz.targeting.vocabulary import VOCABULARY

#: How many partial rows may be tried, and how many codes of one set may be told apart.
MAX_STEPS = 20_000
MAX_CODES = 8

#: A sign that fits no form of code: codes made of it stand for every code that the condition does not name.
_OTHER = "¤"
_ANY_DAY = date(2026, 1, 1)


class TooComplexError(Exception):
    """The condition tells too many rows apart to try them all."""


def possible(condition: Condition) -> bool:
    """Whether some row of possible values makes the condition true."""
    return _search(condition, lambda field, values: _within(values, field.possible))


def reaches_ordinary(condition: Condition) -> bool:
    """Whether a row with nothing out of the ordinary makes the condition true."""
    return _search(
        condition,
        lambda field, values: (
            _ordinary(field, values) if field.about is About.CONDUCT else _within(values, field.possible)
        ),
    )


def _search(condition: Condition, choose: Callable[[Field, list[Value]], list[Value]]) -> bool:
    """Try the chosen samples of every field, dropping a partial row as soon as it decides the condition."""
    asked = list(leaves(condition))
    names = fields_of(condition)
    samples = [_samples(VOCABULARY[name], asked, choose) for name in names]
    steps = 0

    def reachable(place: int, row: dict[str, Value | None]) -> bool:
        nonlocal steps
        steps += 1
        if steps > MAX_STEPS:
            raise TooComplexError
        answer = truth(condition, row, _undecided_without_value)
        if answer is not None or place == len(names):
            return answer is True
        return any(reachable(place + 1, row | {names[place]: value}) for value in samples[place])

    return reachable(0, {})


def _undecided_without_value(leaf: Leaf, row: Row) -> bool | None:
    if leaf.field not in row or (isinstance(leaf, FieldComparison) and leaf.other not in row):
        return None
    return leaf_truth(leaf, row)


def _samples(
    field: Field, asked: list[Leaf], choose: Callable[[Field, list[Value]], list[Value]]
) -> tuple[Value | None, ...]:
    """Values of a field that stand for all of them; one of each kind that the condition can tell apart."""
    own = [leaf for leaf in asked if field.name in names_in(leaf)]
    linked = _linked(field, asked)
    values: list[Value | None] = list(choose(field, list(_values(field, linked, asked))))
    if any(isinstance(leaf, Presence) for leaf in own):
        values.append(None)
    if len(linked) > 1:
        return tuple(values)
    told_apart = {tuple(leaf_truth(leaf, {field.name: value}) for leaf in own): value for value in values}
    return tuple(told_apart.values())


def _linked(field: Field, asked: list[Leaf]) -> list[Field]:
    """The field and all those that the condition compares with it, directly or through others."""
    found = {field.name}
    for _ in asked:
        found |= {name for leaf in asked if found.intersection(names_in(leaf)) for name in names_in(leaf)}
    return [VOCABULARY[name] for name in sorted(found)]


def _literals(leaf: Leaf) -> tuple[Value, ...]:
    """The values that a comparison names; of a prefix, a code that has it."""
    if not isinstance(leaf, Comparison):
        return ()
    if leaf.op is Op.STARTS_WITH:
        return (f"{leaf.value}{_OTHER}",)
    return leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)


def _values(field: Field, linked: list[Field], asked: list[Leaf]) -> Iterable[Value]:
    """Samples of a field's type: what is named for it and for fields linked with it, and as many others."""
    names = {one.name for one in linked}
    literals = [value for leaf in asked if leaf.field in names for value in _literals(leaf)]
    steps = range(-len(linked), len(linked) + 1)
    match field.kind:
        case Kind.BOOLEAN:
            return (False, True)
        case Kind.CODE:
            return (*field.choices,) if field.choices else (*literals, *_others(linked))
        case Kind.CODES:
            return _sets([frozenset(_literals(leaf)) for leaf in asked if leaf.field == field.name])
        case Kind.DATE:
            days = {day for day in literals if isinstance(day, date)} or {_ANY_DAY}
            return sorted({day + timedelta(step) for day in days for step in steps})
        case _:
            spans = [span for one in linked for span in (one.possible, one.ordinary) if isinstance(span, Range)]
            bounds = {number for number in literals if isinstance(number, int | float)}
            bounds |= {bound for span in spans for bound in (span.low, span.high)}
            if field.kind is Kind.INTEGER:
                return sorted({int(bound) + step for bound in bounds for step in steps})
            return _between(sorted(bounds), len(linked))


def _others(linked: list[Field]) -> list[str]:
    return [_OTHER * count for count in range(1, len(linked) + 1)]


def _between(bounds: list[float], count: int) -> Iterator[float]:
    """The bounds, and `count` numbers between each two."""
    for low, high in pairwise(bounds):
        yield low
        yield from (low + (high - low) * part / (count + 1) for part in range(1, count + 1))
    yield bounds[-1]


def _sets(asked: list[frozenset[Value]]) -> Iterator[Value]:
    """Every set of codes, with one code for all that the condition never tells apart."""
    alike = {tuple(code in codes for codes in asked): str(code) for codes in asked for code in sorted(map(str, codes))}
    if len(alike) > MAX_CODES:
        raise TooComplexError
    for size in range(len(alike) + 1):
        yield from map(frozenset, combinations(alike.values(), size))


def _within(values: Sequence[Value], span: Range | None) -> list[Value]:
    if span is None:
        return list(values)
    return [value for value in values if isinstance(value, int | float) and span.low <= value <= span.high]


def _ordinary(field: Field, values: list[Value]) -> list[Value]:
    """The values that most travellers show: of codes, those that the condition does not name."""
    match field.ordinary:
        case Range():
            return _within(values, field.ordinary)
        case None:
            return [value for value in values if isinstance(value, str) and value.strip(_OTHER) == ""]
        case _ if field.kind is Kind.CODES:
            return [frozenset(map(str, field.ordinary))]
        case _:
            return [value for value in values if value in field.ordinary]
