"""Rules as Polars expressions: all rules over a whole manifest in one pass, with the meaning that `interpret` defines.

Equal comparisons of different rules are computed once. Polars' Boolean logic is Kleene's, so that unknown (null) needs
no special care until the end, where a rule fires on true only. The same expressions run over years of history.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import polars as pl

from torogoz.domain.purpose import DataClass, readable_classes
from torogoz.domain.rule import Rule
from torogoz.errors import OurError
from torogoz.targeting.condition import (
    AllOf,
    AnyOf,
    Condition,
    FieldComparison,
    Leaf,
    Not,
    Op,
    Presence,
    fields_of,
    leaves,
)
from torogoz.targeting.facts import Facts
from torogoz.targeting.field import Kind
from torogoz.targeting.findings import RuleFinding, RuleRefusedError
from torogoz.targeting.language import parse
from torogoz.targeting.vocabulary import VOCABULARY

_TYPES: dict[Kind, Any] = {
    Kind.CODE: pl.String,
    Kind.CODES: pl.List(pl.String),
    Kind.INTEGER: pl.Int64,
    Kind.DECIMAL: pl.Float64,
    Kind.DATE: pl.Date,
    Kind.BOOLEAN: pl.Boolean,
}
_COMPARE: dict[Op, Callable[[pl.Expr, Any], pl.Expr]] = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.IN: lambda column, values: column.is_in(list(values)),
    Op.NOT_IN: lambda column, values: ~column.is_in(list(values)),
    Op.BETWEEN: lambda column, bounds: column.is_between(pl.lit(bounds[0]), pl.lit(bounds[1])),
    Op.STARTS_WITH: lambda column, prefix: column.str.starts_with(prefix),
    Op.CONTAINS: lambda column, code: column.list.contains(pl.lit(code)),
    Op.CONTAINS_ANY: lambda column, codes: pl.any_horizontal(column.list.contains(pl.lit(code)) for code in codes),
}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its condition and its exonerating clause read."""

    rule: Rule
    condition: Condition
    unless: Condition | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it reads, in the order written."""
        clauses = [clause for clause in (self.condition, self.unless) if clause is not None]
        return fields_of(AllOf(tuple(clauses)))


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """Many rules, ready for any number of manifests: first every different comparison, then every rule over them."""

    rules: tuple[CompiledRule, ...]
    fields: tuple[str, ...]
    comparisons: tuple[pl.Expr, ...]
    firing: tuple[pl.Expr, ...]


def compile_rules(rules: Sequence[Rule]) -> CompiledRules:
    """Read and compile rules; one that the linter never saw and that cannot be read is a RuleRefusedError."""
    compiled = tuple(_read(rule) for rule in rules)
    columns: dict[Leaf, pl.Expr] = {}
    for one in compiled:
        for clause in (one.condition, one.unless):
            for leaf in leaves(clause) if clause is not None else ():
                columns.setdefault(leaf, pl.col(f"c{len(columns)}"))
    return CompiledRules(
        rules=compiled,
        fields=tuple(dict.fromkeys(field for one in compiled for field in one.fields)),
        comparisons=tuple(_comparison(leaf).alias(column.meta.output_name()) for leaf, column in columns.items()),
        firing=tuple(_firing(one, columns).alias(f"r{place}") for place, one in enumerate(compiled)),
    )


def fired(compiled: CompiledRules, rows: Sequence[Facts]) -> tuple[tuple[int, ...], ...]:
    """For each rule in order, the places of the rows on which it fires.

    Refuses facts of data classes that a rule's purpose may not read: whoever mixes them up gets an error, not a hit.
    """
    if not compiled.rules or not rows:
        return tuple(() for _ in compiled.rules)
    read = frozenset[DataClass]().union(*(row.classes for row in rows))
    if any(not read <= readable_classes(one.rule.purpose) for one in compiled.rules):
        raise OurError("a rule was given facts that its purpose may not read")
    answers = frame(compiled.fields, rows).select(compiled.comparisons).select(compiled.firing)
    counts = answers.sum().row(0)
    return tuple(tuple(answers.to_series(place).arg_true()) if count else () for place, count in enumerate(counts))


def frame(fields: Sequence[str], rows: Sequence[Facts]) -> pl.DataFrame:
    """Lay facts out in columns of the types that the vocabulary declares."""
    return pl.DataFrame(
        [
            pl.Series(name, [_cell(row.values[name]) for row in rows], dtype=_TYPES[VOCABULARY[name].kind])
            for name in fields
        ]
    )


def _read(rule: Rule) -> CompiledRule:
    condition, findings = parse(rule.condition, "/condition")
    unless: Condition | None = None
    more: tuple[RuleFinding, ...] = ()
    if rule.unless is not None:
        unless, more = parse(rule.unless, "/unless")
    if condition is None or more:
        raise RuleRefusedError(findings + more)
    return CompiledRule(rule, condition, unless)


def _cell(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _comparison(leaf: Leaf) -> pl.Expr:
    column = pl.col(leaf.field)
    match leaf:
        case Presence(_, known):
            return column.is_not_null() if known else column.is_null()
        case FieldComparison(_, op, other):
            return _COMPARE[op](column, pl.col(other))
        case _:
            return _COMPARE[leaf.op](column, leaf.value)


def _firing(one: CompiledRule, columns: dict[Leaf, pl.Expr]) -> pl.Expr:
    answer = _truth(one.condition, columns).fill_null(value=False)
    return answer if one.unless is None else answer & ~_truth(one.unless, columns).fill_null(value=False)


def _truth(condition: Condition, columns: dict[Leaf, pl.Expr]) -> pl.Expr:
    match condition:
        case AllOf(parts):
            return reduce(operator.and_, (_truth(part, columns) for part in parts))
        case AnyOf(parts):
            return reduce(operator.or_, (_truth(part, columns) for part in parts))
        case Not(part):
            return ~_truth(part, columns)
        case _:
            return columns[condition]
