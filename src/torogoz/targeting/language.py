"""The language of conditions: a JSON syntax tree, read strictly into frozen values.

    {"all": […]}  {"any": […]}  {"not": …}
    {"field": "booking.hours_before_departure", "op": "lt", "value": 24}
    {"field": "traveller.nationality", "op": "ne", "other": "traveller.residence"}   (two fields of one type)
    {"field": "baggage.pieces", "op": "is_unknown"}

**What unknown means** (docs/design/rule-semantics.md; both engines obey it): a comparison with an unknown value is
unknown, neither true nor false. `all` is false if a part is false, else unknown if a part is unknown, else true; `any`
is true if a part is true, else unknown if a part is unknown, else false; `not` of unknown is unknown (Kleene's strong
logic). `is_known` and `is_unknown` are always true or false. A rule fires where its condition is true and its `unless`
is not true: what is not known neither accuses nor clears anybody.

Refuses, with a finding at a JSON pointer: unknown keys, fields and operators, values of another type or form, what is
too deep, too long or too large. Nothing is coerced but a whole number where a decimal belongs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from torogoz.targeting.condition import (
    EQUALITY,
    OPERATORS,
    ORDER,
    PRESENCE,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FieldComparison,
    Leaf,
    Literal,
    Not,
    Op,
    Presence,
    Scalar,
)
from torogoz.targeting.field import Field, Kind
from torogoz.targeting.findings import RuleFinding, finding
from torogoz.targeting.special import names_special_category
from torogoz.targeting.vocabulary import VOCABULARY

#: How deep conditions may nest, how many nodes and how many literals of one list a rule may have.
MAX_DEPTH = 8
MAX_NODES = 200
MAX_LIST = 500
#: Integers and decimals of rules lie within this on both sides: all of them are exact in both engines.
MAX_NUMBER = 10**12


def places(tree: Any, at: str) -> Iterator[tuple[str, str]]:
    """Each field of a tree that `parse` has accepted, with the JSON pointer where it stands."""
    match tree:
        case {"all": [*parts]}:
            for place, part in enumerate(parts):
                yield from places(part, f"{at}/all/{place}")
        case {"any": [*parts]}:
            for place, part in enumerate(parts):
                yield from places(part, f"{at}/any/{place}")
        case {"not": part}:
            yield from places(part, f"{at}/not")
        case {"field": str(name), "other": str(other)}:
            yield name, f"{at}/field"
            yield other, f"{at}/other"
        case _:
            yield tree["field"], f"{at}/field"


def parse(tree: object, at: str = "") -> tuple[Condition | None, tuple[RuleFinding, ...]]:
    """Read a condition; None where anything is wrong with it, and then all that is wrong."""
    reader = _Reader()
    condition = reader.read(tree, at, 1)
    return (None if reader.findings else condition), tuple(reader.findings)


class _Wrong(Exception):  # noqa: N818 - not an error: it carries one finding up to the node that collects it
    def __init__(self, found: RuleFinding) -> None:
        self.found = found


class _Reader:
    """Walks one tree and collects what is wrong with it."""

    def __init__(self) -> None:
        self.findings: list[RuleFinding] = []
        self.nodes = 0

    def read(self, tree: object, at: str, depth: int) -> Condition | None:
        """Read one node; None where it is refused."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            if self.nodes == MAX_NODES + 1:
                self.findings.append(finding("TOO_LARGE", at, limit=MAX_NODES, what="nodes"))
            return None
        if depth > MAX_DEPTH:
            self.findings.append(finding("TOO_LARGE", at, limit=MAX_DEPTH, what="levels"))
            return None
        try:
            return self._node(_object(tree, at), at, depth)
        except _Wrong as wrong:
            self.findings.append(wrong.found)
            return None

    def _node(self, node: dict[str, object], at: str, depth: int) -> Condition | None:
        kinds = [key for key in ("all", "any", "not", "field") if key in node]
        if len(kinds) != 1:
            raise _Wrong(finding("WRONG_NODE", at))
        kind = kinds[0]
        if kind == "field":
            return _leaf(node, at)
        _only(node, (kind,), at)
        if kind == "not":
            part = self.read(node["not"], f"{at}/not", depth + 1)
            return None if part is None else Not(part)
        parts = self._parts(node[kind], f"{at}/{kind}", depth)
        return None if parts is None else AllOf(parts) if kind == "all" else AnyOf(parts)

    def _parts(self, trees: object, at: str, depth: int) -> tuple[Condition, ...] | None:
        parts = [self.read(tree, f"{at}/{place}", depth + 1) for place, tree in enumerate(_list(trees, at))]
        known = tuple(part for part in parts if part is not None)
        return known if len(known) == len(parts) else None


def _object(tree: object, at: str) -> dict[str, object]:
    if not isinstance(tree, dict):
        raise _Wrong(finding("NOT_OBJECT", at))
    return tree


def _list(trees: object, at: str) -> list[object]:
    if not isinstance(trees, list) or not trees:
        raise _Wrong(finding("EMPTY_LIST", at))
    if len(trees) > MAX_LIST:
        raise _Wrong(finding("TOO_LARGE", at, limit=MAX_LIST, what="elements"))
    return trees


def _only(node: Mapping[str, object], known: tuple[str, ...], at: str) -> None:
    for key in node:
        if key not in known:
            raise _Wrong(finding("UNKNOWN_KEY", at, key=key, known=", ".join(known)))


def _leaf(node: dict[str, object], at: str) -> Leaf:
    field = _field(node["field"], f"{at}/field")
    known = OPERATORS[field.kind]
    given = node.get("op")
    try:
        op = Op(cast("str", given))
    except ValueError:
        raise _Wrong(finding("UNKNOWN_OPERATOR", f"{at}/op", op=given, known=", ".join(known))) from None
    if op not in known:
        raise _Wrong(finding("WRONG_OPERATOR", f"{at}/op", op=op, field=field.name, known=", ".join(known)))
    if op in PRESENCE:
        _only(node, ("field", "op"), at)
        return Presence(field.name, op is Op.IS_KNOWN)
    if "other" in node:
        return _two_fields(node, field, op, at)
    _only(node, ("field", "op", "value"), at)
    if "value" not in node:
        raise _Wrong(finding("MISSING_KEY", at, key="value"))
    return Comparison(field.name, op, _literal(node["value"], field, op, f"{at}/value"))


def _two_fields(node: dict[str, object], field: Field, op: Op, at: str) -> FieldComparison:
    _only(node, ("field", "op", "other"), at)
    other = _field(node["other"], f"{at}/other")
    if op not in (*EQUALITY, *ORDER):
        raise _Wrong(finding("WRONG_OPERATOR", f"{at}/op", op=op, field=field.name, known=", ".join(EQUALITY + ORDER)))
    if field.kind is not other.kind:
        raise _Wrong(finding("DIFFERENT_TYPES", at, field=field.name, other=other.name))
    return FieldComparison(field.name, op, other.name)


def _field(name: object, at: str) -> Field:
    field = VOCABULARY.get(name) if isinstance(name, str) else None
    if field is not None:
        return field
    text = name if isinstance(name, str) else "—"
    if names_special_category(text):
        raise _Wrong(finding("SPECIAL_CATEGORY", at, field=text))
    near = ", ".join(get_close_matches(text, VOCABULARY, 2, 0.5)) or "—"
    raise _Wrong(finding("UNKNOWN_FIELD", at, field=text, near=near))


def _literal(given: object, field: Field, op: Op, at: str) -> Literal:
    if op in (Op.IN, Op.NOT_IN, Op.CONTAINS_ANY):
        return tuple(_scalar(item, field, f"{at}/{place}") for place, item in enumerate(_list(given, at)))
    if op is not Op.BETWEEN:
        return _scalar(given, field, at, prefix=op is Op.STARTS_WITH)
    bounds = _list(given, at)
    if len(bounds) != 2:
        raise _Wrong(finding("WRONG_VALUE", at, field=field.name, expected="[…, …]"))
    low, high = (_scalar(item, field, f"{at}/{place}") for place, item in enumerate(bounds))
    if low > high:  # type: ignore[operator]  # both were read as the field's one type
        raise _Wrong(finding("WRONG_BOUNDS", at))
    return low, high


def _scalar(given: object, field: Field, at: str, *, prefix: bool = False) -> Scalar:
    value = _prefix(given) if prefix else _READ[field.kind](given, field)
    if value is None:
        raise _Wrong(finding("WRONG_VALUE", at, field=field.name, expected=_expected(field)))
    return value


def _expected(field: Field) -> str:
    if field.choices:
        return " | ".join(field.choices)
    if field.form:
        return f"{field.form.words.es} / {field.form.words.en}"
    return _EXPECTED[field.kind]


def _prefix(given: object) -> str | None:
    return given if isinstance(given, str) and re.fullmatch(r"[A-Za-z0-9_]{1,12}", given) else None


def _code(given: object, field: Field) -> str | None:
    if not isinstance(given, str):
        return None
    if field.choices:
        return given if given in field.choices else None
    return given if field.form and re.fullmatch(field.form.pattern, given) else None


def _integer(given: object, _field: Field) -> int | None:
    return given if type(given) is int and abs(given) <= MAX_NUMBER else None


def _decimal(given: object, _field: Field) -> float | None:
    if type(given) not in (int, float):
        return None
    number = cast("int | float", given)
    return float(number) if abs(number) <= MAX_NUMBER else None


def _date(given: object, _field: Field) -> date | None:
    if not isinstance(given, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _boolean(given: object, _field: Field) -> bool | None:
    return given if isinstance(given, bool) else None


_READ: dict[Kind, Callable[[object, Field], Scalar | None]] = {
    Kind.CODE: _code,
    Kind.CODES: _code,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.BOOLEAN: _boolean,
}
_EXPECTED: dict[Kind, str] = {
    Kind.INTEGER: "1, 2, 3 …",
    Kind.DECIMAL: "1, 2.5 …",
    Kind.DATE: "2027-03-31",
    Kind.BOOLEAN: "true | false",
}
