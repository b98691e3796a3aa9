"""What a condition means for one traveller, in plain Python: the definition that the compiler is tested against.

Three values: True, False, and None for *unknown* (see `language`). It is slow and plain on purpose; it also answers
*why did this fire* (`explain`), and serves the linter's proofs with incomplete rows, for which unknown means undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from torogoz.targeting.condition import AllOf, AnyOf, Condition, FieldComparison, Leaf, Not, Op, Presence
from torogoz.targeting.field import Value

Row = Mapping[str, Value | None]


def leaf_truth(leaf: Leaf, row: Row) -> bool | None:
    """Whether one comparison is true, false or unknown."""
    value = row[leaf.field]
    if isinstance(leaf, Presence):
        return (value is not None) is leaf.known
    beside = row[leaf.other] if isinstance(leaf, FieldComparison) else leaf.value
    return None if value is None or beside is None else compare(value, leaf.op, beside)


def truth(condition: Condition, row: Row, ask: Callable[[Leaf, Row], bool | None] = leaf_truth) -> bool | None:
    """Whether a condition is true, false or unknown of a row; `ask` answers for one comparison."""
    match condition:
        case AllOf(parts):
            return _all(truth(part, row, ask) for part in parts)
        case AnyOf(parts):
            return _not(_all(_not(truth(part, row, ask)) for part in parts))
        case Not(part):
            return _not(truth(part, row, ask))
        case _:
            return ask(condition, row)


def fires(condition: Condition, unless: Condition | None, row: Row) -> bool:
    """Whether a rule fires: its condition is true, and what would exonerate is not."""
    return truth(condition, row) is True and (unless is None or truth(unless, row) is not True)


def compare(value: Any, op: Op, beside: Any) -> bool:  # noqa: PLR0911 - one return an operator is the table itself
    """Compare two known values; `language` has seen to their types."""
    match op:
        case Op.EQ:
            return bool(value == beside)
        case Op.NE:
            return bool(value != beside)
        case Op.LT:
            return bool(value < beside)
        case Op.LE:
            return bool(value <= beside)
        case Op.GT:
            return bool(value > beside)
        case Op.GE:
            return bool(value >= beside)
        case Op.IN:
            return value in beside
        case Op.NOT_IN:
            return value not in beside
        case Op.BETWEEN:
            return bool(beside[0] <= value <= beside[1])
        case Op.STARTS_WITH:
            return bool(value.startswith(beside))
        case Op.CONTAINS:
            return beside in value
        case _:  # contains_any; presence is not a comparison of values
            return not value.isdisjoint(beside)


def _not(one: bool | None) -> bool | None:  # noqa: FBT001 - a truth value is what it negates
    return None if one is None else not one


def _all(parts: Iterable[bool | None]) -> bool | None:
    known = True
    for part in parts:
        if part is False:
            return False
        known = known and part is True
    return True if known else None
