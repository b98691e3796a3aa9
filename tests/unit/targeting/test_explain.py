"""Why a rule fired is told as evidence for and against, in both languages, and so is what it asks."""

from typing import Any

import pytest
from hypothesis import given

from tests.unit.targeting.strategies import table_rows, trees
from tests.unit.targeting.test_engines import read
from torogoz.domain.hit import Evidence, Stance
from torogoz.targeting.condition import FieldComparison, leaves
from torogoz.targeting.explain import describe, evidence, sentence
from torogoz.targeting.field import Language
from torogoz.targeting.interpret import fires, leaf_truth, truth
from torogoz.targeting.vocabulary import VOCABULARY

LATE = {"field": "booking.hours_before_departure", "op": "lt", "value": 24}
CASH = {"field": "payment.cash", "op": "eq", "value": True}
ONE_WAY = {"field": "trip.one_way", "op": "eq", "value": True}
KNOWN_WELL = {"field": "history.earlier_journeys", "op": "ge", "value": 3}


def told(condition: Any, unless: Any, row: dict[str, Any]) -> tuple[Evidence, ...]:
    return evidence(read(condition), None if unless is None else read(unless), dict.fromkeys(VOCABULARY) | row)


def test_each_comparison_that_held_speaks_for_the_hit() -> None:
    row = {"booking.hours_before_departure": 11, "payment.cash": True, "trip.one_way": False}
    pieces = told({"all": [LATE, {"any": [CASH, ONE_WAY]}]}, None, row)
    assert [(piece.field, piece.stance) for piece in pieces] == [
        ("booking.hours_before_departure", Stance.FOR),
        ("payment.cash", Stance.FOR),
    ]
    assert sentence(pieces[0], Language.ES) == "Horas entre la reserva y la salida: 11 (el criterio pide: menos de 24)"
    assert (
        sentence(pieces[0], Language.EN) == "Hours between booking and departure: 11 (the rule asks for: less than 24)"
    )
    assert sentence(pieces[1], Language.ES) == "Pago en efectivo: sí (el criterio pide: sí)"


def test_a_comparison_under_not_is_told_by_its_contrary() -> None:
    pieces = told(
        {"not": {"any": [LATE, {"not": CASH}]}}, None, {"booking.hours_before_departure": 30, "payment.cash": True}
    )
    assert [sentence(piece, Language.EN) for piece in pieces] == [
        "Hours between booking and departure: 30 (the rule asks for: 24 or more)",
        "Paid in cash: yes (the rule asks for: yes)",
    ]


def test_what_could_not_be_compared_is_told_apart() -> None:
    pieces = told({"any": [CASH, ONE_WAY]}, None, {"payment.cash": True})
    assert [(piece.field, piece.stance) for piece in pieces] == [
        ("payment.cash", Stance.FOR),
        ("trip.one_way", Stance.NOT_COMPARED),
    ]
    assert sentence(pieces[1], Language.ES) == "Solo ida: se desconoce (el criterio pregunta si: sí)"


@pytest.mark.parametrize(
    ("journeys", "stance", "text"),
    [
        (0, Stance.FOR, "Earlier journeys known: 0 (this would speak in favour: 3 or more)"),
        (5, Stance.AGAINST, "Earlier journeys known: 5 (this speaks in favour: 3 or more)"),
        (None, Stance.NOT_COMPARED, "Earlier journeys known: not known (this would speak in favour: 3 or more)"),
    ],
)
def test_every_exonerating_fact_is_weighed(journeys: int | None, stance: Stance, text: str) -> None:
    unless = {"all": [KNOWN_WELL, {"not": {"field": "traveller.age", "op": "lt", "value": 70}}]}
    pieces = told(CASH, unless, {"payment.cash": True, "history.earlier_journeys": journeys, "traveller.age": 30})
    of_history = next(piece for piece in pieces if piece.field == "history.earlier_journeys")
    assert of_history.stance is stance
    assert sentence(of_history, Language.EN) == text
    of_age = next(piece for piece in pieces if piece.field == "traveller.age")
    assert sentence(of_age, Language.EN) == "Age: 30 (this would speak in favour: 70 or more)"


def true_of(tree: Any, row: dict[str, Any]) -> Any:
    """A tree that is true of a row, with the given one in it."""
    match truth(read(tree), row):
        case True:
            return tree
        case False:
            return {"not": tree}
        case None:
            field = next(iter(row))
            return {"any": [tree, {"field": field, "op": "is_unknown" if row[field] is None else "is_known"}]}


@given(trees(), trees(), table_rows())
def test_evidence_is_true_complete_and_sayable(condition: Any, unless: Any, row: dict[str, Any]) -> None:
    condition, unless = true_of(condition, row), {"not": true_of(unless, row)}
    assert fires(read(condition), read(unless), row)
    pieces = evidence(read(condition), read(unless), row)
    own = {leaf.field: leaf for leaf in leaves(read(condition))} | {leaf.field: leaf for leaf in leaves(read(unless))}
    assert {piece.field for piece in pieces} <= own.keys()
    unknown = {leaf.field for leaf in leaves(read(condition)) if leaf_truth(leaf, row) is None}
    assert unknown <= {piece.field for piece in pieces if piece.stance is Stance.NOT_COMPARED}
    assert {leaf.field for leaf in leaves(read(unless))} <= {piece.field for piece in pieces}
    for piece in pieces:
        assert piece.millibits == 0
        assert ("actual" in dict(piece.values)) == (row[piece.field] is not None)
        for language in Language:
            assert VOCABULARY[piece.field].label.of(language) in sentence(piece, language)


@given(trees())
def test_a_rule_can_be_read_aloud_one_comparison_a_line(tree: Any) -> None:
    condition = read(tree)
    for language in Language:
        text = describe(condition, language)
        assert "{" not in text
        said = [line for line in text.splitlines() if not line.endswith(":")]
        assert len(said) == len(list(leaves(condition)))


def test_a_whole_rule_is_read_aloud_in_both_languages() -> None:
    tree = {
        "all": [
            {"field": "traveller.role", "op": "in", "value": ["passenger", "transit"]},
            {"any": [{"field": "flight.departure_date", "op": "ge", "value": "2026-11-22"}, {"not": CASH}]},
            {"field": "baggage.kg", "op": "between", "value": [20, 32.5]},
            {"field": "traveller.nationality", "op": "ne", "other": "traveller.residence"},
            {"field": "payment.forms", "op": "is_known"},
            {"field": "baggage.pieces", "op": "is_unknown"},
        ]
    }
    assert describe(read(tree), Language.ES).splitlines() == [
        "se cumple todo esto:",
        "  Clase de viajero: uno de pasajero, en tránsito",
        "  se cumple al menos una de estas:",
        "    Fecha de salida: desde el 2026-11-22",
        "    no se cumple esto:",
        "      Pago en efectivo: sí",
        "  Peso del equipaje en kg: entre 20 y 32.5",
        "  Nacionalidad: distinto de «País de residencia»",
        "  Formas de pago: conocido",
        "  Bultos del viajero: desconocido",
    ]
    assert describe(read(tree), Language.EN).splitlines()[6] == "  Weight of baggage in kg: between 20 and 32.5"


def test_an_empty_set_is_shown_as_empty() -> None:
    pieces = told(
        {"not": {"field": "payment.forms", "op": "contains", "value": "CC"}}, None, {"payment.forms": frozenset()}
    )
    assert sentence(pieces[0], Language.EN) == "Forms of payment: — (the rule asks for: does not include CC)"


def test_a_comparison_of_two_fields_shows_the_other_ones_value() -> None:
    tree = {"field": "traveller.nationality", "op": "eq", "other": "traveller.residence"}
    pieces = told(tree, None, {"traveller.nationality": "SLV", "traveller.residence": "SLV"})
    assert isinstance(read(tree), FieldComparison)
    assert sentence(pieces[0], Language.EN) == "Nationality: SLV (the rule asks for: “Country of residence” (SLV))"
