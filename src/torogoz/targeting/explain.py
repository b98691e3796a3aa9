"""Why a rule fired, as evidence and as sentences; and what a rule says, as text for the page of rules.

Evidence *for* are the comparisons that made the condition true, and the exonerating facts that are known not to hold;
*against* are the exonerating facts that do hold (the clause as a whole did not); *not compared* is whatever is unknown.
Rules carry no weights, so every piece weighs nothing: a person judges (LR-31, LR-32).
"""

from __future__ import annotations

from collections.abc import Iterator

from torogoz.domain.hit import Evidence, Stance
from torogoz.targeting.condition import (
    AllOf,
    AnyOf,
    Condition,
    FieldComparison,
    Leaf,
    Literal,
    Not,
    Op,
    Presence,
    leaves,
)
from torogoz.targeting.field import Field, Kind, Language, Text, Value
from torogoz.targeting.interpret import Row, leaf_truth, truth
from torogoz.targeting.vocabulary import VOCABULARY

#: comparison → how it is said after the field's label, and how its contrary is.
_SAID: dict[Op, tuple[Text, Text]] = {
    Op.EQ: (Text("{}", "{}"), Text("distinto de {}", "other than {}")),
    Op.NE: (Text("distinto de {}", "other than {}"), Text("{}", "{}")),
    Op.LT: (Text("menos de {}", "less than {}"), Text("{} o más", "{} or more")),
    Op.LE: (Text("{} o menos", "{} or less"), Text("más de {}", "more than {}")),
    Op.GT: (Text("más de {}", "more than {}"), Text("{} o menos", "{} or less")),
    Op.GE: (Text("{} o más", "{} or more"), Text("menos de {}", "less than {}")),
    Op.IN: (Text("uno de {}", "one of {}"), Text("ninguno de {}", "none of {}")),
    Op.NOT_IN: (Text("ninguno de {}", "none of {}"), Text("uno de {}", "one of {}")),
    Op.BETWEEN: (Text("entre {}", "between {}"), Text("fuera de {}", "outside {}")),
    Op.STARTS_WITH: (Text("empieza por {}", "begins with {}"), Text("no empieza por {}", "does not begin with {}")),
    Op.CONTAINS: (Text("incluye {}", "includes {}"), Text("no incluye {}", "does not include {}")),
    Op.CONTAINS_ANY: (
        Text("incluye alguno de {}", "includes one of {}"),
        Text("no incluye ninguno de {}", "includes none of {}"),
    ),
    Op.IS_KNOWN: (Text("conocido", "known"), Text("desconocido", "unknown")),
    Op.IS_UNKNOWN: (Text("desconocido", "unknown"), Text("conocido", "known")),
}
#: The same for dates, where more and less are later and earlier.
_SAID_OF_DATES: dict[Op, tuple[Text, Text]] = {
    Op.LT: (Text("antes del {}", "before {}"), Text("desde el {}", "from {} on")),
    Op.LE: (Text("hasta el {}", "up to {}"), Text("después del {}", "after {}")),
    Op.GT: (Text("después del {}", "after {}"), Text("hasta el {}", "up to {}")),
    Op.GE: (Text("desde el {}", "from {} on"), Text("antes del {}", "before {}")),
}
#: code of evidence → its sentence.
_SENTENCES: dict[str, Text] = {
    "rule.condition": Text(
        "{label}: {actual} (el criterio pide: {asked})", "{label}: {actual} (the rule asks for: {asked})"
    ),
    "rule.condition.unknown": Text(
        "{label}: se desconoce (el criterio pregunta si: {asked})",
        "{label}: not known (the rule asks whether: {asked})",
    ),
    "rule.unless.present": Text(
        "{label}: {actual} (habla a favor: {asked})", "{label}: {actual} (this speaks in favour: {asked})"
    ),
    "rule.unless.absent": Text(
        "{label}: {actual} (hablaría a favor: {asked})", "{label}: {actual} (this would speak in favour: {asked})"
    ),
    "rule.unless.unknown": Text(
        "{label}: se desconoce (hablaría a favor: {asked})", "{label}: not known (this would speak in favour: {asked})"
    ),
}
#: truth of an exonerating comparison → code and stance of its evidence.
_EXONERATION: dict[bool | None, tuple[str, Stance]] = {
    True: ("rule.unless.present", Stance.AGAINST),
    False: ("rule.unless.absent", Stance.FOR),
    None: ("rule.unless.unknown", Stance.NOT_COMPARED),
}
_YES_NO = {"true": Text("sí", "yes"), "false": Text("no", "no")}
_AND = Text(" y ", " and ")
_QUOTED = Text("«{}»", "“{}”")
_UNKNOWN = Text("desconocido", "unknown")
_ALL = Text("se cumple todo esto:", "all of this holds:")
_ANY = Text("se cumple al menos una de estas:", "at least one of these holds:")
_NOT = Text("no se cumple esto:", "this does not hold:")


def evidence(condition: Condition, unless: Condition | None, row: Row) -> tuple[Evidence, ...]:
    """Give the evidence of a rule that fired on a row: what speaks for it, what against, what could not be compared."""
    found = [_piece(leaf, row, "rule.condition", Stance.FOR, held=held) for leaf, held in _grounds(condition, row)]
    found += [
        _piece(leaf, row, "rule.condition.unknown", Stance.NOT_COMPARED)
        for leaf in leaves(condition)
        if leaf_truth(leaf, row) is None
    ]
    if unless is not None:
        for leaf, asked in _asked(unless):
            said = leaf_truth(leaf, row)
            found.append(_piece(leaf, row, *_EXONERATION[None if said is None else said is asked], held=asked))
    order = list(Stance)
    return tuple(sorted(dict.fromkeys(found), key=lambda piece: order.index(piece.stance)))


def sentence(piece: Evidence, language: Language) -> str:
    """Say one piece of a rule's evidence."""
    values = dict(piece.values)
    field = VOCABULARY[piece.field]
    return (
        _SENTENCES[piece.code]
        .of(language)
        .format(
            label=field.label.of(language),
            actual=_shown(field, values["actual"], language) if "actual" in values else _UNKNOWN.of(language),
            asked=_phrase(field, Op(values["op"]), values, language, held=values["held"] == "true"),
        )
    )


def describe(condition: Condition, language: Language) -> str:
    """Say what a condition asks, one comparison a line, indented by depth."""
    return "\n".join(_lines(condition, language, ""))


def _grounds(condition: Condition, row: Row, *, held: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """The comparisons that make a condition true (or, under `not`, false), each with what it is."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                if truth(part, row) is held:
                    yield from _grounds(part, row, held=held)
        case Not(part):
            yield from _grounds(part, row, held=not held)
        case _:
            yield condition, held


def _asked(condition: Condition, *, held: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Every comparison with the answer that helps the whole to be true."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _asked(part, held=held)
        case Not(part):
            yield from _asked(part, held=not held)
        case _:
            yield condition, held


def _piece(leaf: Leaf, row: Row, code: str, stance: Stance, *, held: bool = True) -> Evidence:
    actual = row[leaf.field]
    values = [("op", _op(leaf).value), ("held", str(held).lower()), *_beside(leaf)]
    if actual is not None:
        values.append(("actual", _written(actual)))
    if isinstance(leaf, FieldComparison) and (other := row[leaf.other]) is not None:
        values.append(("beside", _written(other)))
    return Evidence(leaf.field, stance, 0, code, tuple(values))


def _op(leaf: Leaf) -> Op:
    if isinstance(leaf, Presence):
        return Op.IS_KNOWN if leaf.known else Op.IS_UNKNOWN
    return leaf.op


def _beside(leaf: Leaf) -> list[tuple[str, str]]:
    match leaf:
        case Presence():
            return []
        case FieldComparison(_, _, other):
            return [("other", other)]
        case _:
            return [("beside", _written(leaf.value))]


def _written(value: Value | Literal) -> str:
    """A value as text that is the same in every language: codes, ISO dates, decimal points, parts joined by commas."""
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case frozenset():
            return ",".join(sorted(value))
        case tuple():
            return ",".join(map(_written, value))
        case _:
            return str(value)


def _shown(field: Field, written: str, language: Language) -> str:
    """A written value in one language."""
    if field.kind is Kind.BOOLEAN:
        return _YES_NO[written].of(language)
    parts = [field.choices[part].of(language) if part in field.choices else part for part in written.split(",")]
    return ", ".join(parts) if written else "—"


def _phrase(field: Field, op: Op, values: dict[str, str], language: Language, *, held: bool) -> str:
    """What a comparison asks, or its contrary."""
    table = _SAID_OF_DATES if field.kind is Kind.DATE and op in _SAID_OF_DATES else _SAID
    beside = _shown(field, values["beside"], language) if "beside" in values else ""
    if op is Op.BETWEEN:
        beside = beside.replace(", ", _AND.of(language))
    if "other" in values:
        name = _QUOTED.of(language).format(VOCABULARY[values["other"]].label.of(language))
        beside = f"{name} ({beside})" if beside else name
    return table[op][0 if held else 1].of(language).format(beside)


def _lines(condition: Condition, language: Language, indent: str) -> Iterator[str]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            yield indent + (_ALL if isinstance(condition, AllOf) else _ANY).of(language)
            for part in parts:
                yield from _lines(part, language, indent + "  ")
        case Not(part):
            yield indent + _NOT.of(language)
            yield from _lines(part, language, indent + "  ")
        case _:
            field = VOCABULARY[condition.field]
            asked = _phrase(field, _op(condition), dict(_beside(condition)), language, held=True)
            yield f"{indent}{field.label.of(language)}: {asked}"
