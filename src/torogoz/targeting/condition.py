"""A condition as values: comparisons of fields, joined by all, any and not. What they mean stands in `interpret`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from torogoz.targeting.field import Kind


class Op(StrEnum):
    """The comparisons. `contains` asks a set for a code, `contains_any` for one of several."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"
    NOT_IN = "not_in"
    BETWEEN = "between"
    STARTS_WITH = "starts_with"
    CONTAINS = "contains"
    CONTAINS_ANY = "contains_any"
    IS_KNOWN = "is_known"
    IS_UNKNOWN = "is_unknown"


EQUALITY = (Op.EQ, Op.NE)
ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)
_LISTS = (Op.IN, Op.NOT_IN)
PRESENCE = (Op.IS_KNOWN, Op.IS_UNKNOWN)

#: type → the comparisons it takes.
OPERATORS: dict[Kind, tuple[Op, ...]] = {
    Kind.CODE: (*EQUALITY, *_LISTS, Op.STARTS_WITH, *PRESENCE),
    Kind.CODES: (Op.CONTAINS, Op.CONTAINS_ANY, *PRESENCE),
    Kind.INTEGER: (*EQUALITY, *ORDER, *_LISTS, Op.BETWEEN, *PRESENCE),
    Kind.DECIMAL: (*ORDER, Op.BETWEEN, *PRESENCE),
    Kind.DATE: (*EQUALITY, *ORDER, Op.BETWEEN, *PRESENCE),
    Kind.BOOLEAN: (*EQUALITY, *PRESENCE),
}

#: A literal: one value, or the list of `in`, `not_in`, `contains_any` and the two bounds of `between`.
Scalar = str | int | float | bool | date
Literal = Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field against a literal."""

    field: str
    op: Op
    value: Literal


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """A field against another one of the same type."""

    field: str
    op: Op
    other: str


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a field is known."""

    field: str
    known: bool


Leaf = Comparison | FieldComparison | Presence
Condition = AllOf | AnyOf | Not | Leaf


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every comparison, in the order written."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield condition


def names_in(leaf: Leaf) -> tuple[str, ...]:
    """The fields of one comparison: the second where it compares two."""
    return (leaf.field, leaf.other) if isinstance(leaf, FieldComparison) else (leaf.field,)


def fields_of(condition: Condition) -> tuple[str, ...]:
    """The names of the fields that a condition reads, each once, in the order written."""
    return tuple(dict.fromkeys(name for leaf in leaves(condition) for name in names_in(leaf)))
