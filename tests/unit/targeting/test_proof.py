"""The linter's search is right: whatever Hypothesis finds a way to reach, the search has found too."""

from typing import Any

import pytest
from hypothesis import assume, given, target
from hypothesis import strategies as st

from tests.unit.targeting.strategies import POOL, trees
from tests.unit.targeting.test_engines import read
from torogoz.targeting import proof
from torogoz.targeting.field import About, Field, Kind, Range, Value
from torogoz.targeting.interpret import truth
from torogoz.targeting.proof import MAX_CODES, TooComplexError, possible, reaches_ordinary
from torogoz.targeting.vocabulary import VOCABULARY


def _within(values: list[Any], span: Range | None) -> list[Any]:
    return [value for value in values if span is None or span.low <= value <= span.high]


def _ordinary(field: Field) -> list[Value | None]:
    """Values of the pool, and some that no rule names, that an ordinary traveller can show, or that are not known."""
    pool = POOL[field.name]
    if field.about is not About.CONDUCT:
        return [None, *_within(pool, field.possible), *(["ZZZ"] if field.form and field.kind is Kind.CODE else [])]
    match field.ordinary:
        case Range(low, high):
            return [None, *_within([*pool, low, (low + high) // 2, high], field.ordinary)]
        case None:
            return [None, "ZZZ"]
        case ordinary if field.kind is Kind.CODES:
            return [None, frozenset(map(str, ordinary))]
        case ordinary:
            return [None, *(value for value in pool if value in ordinary)]


def rows_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            name: st.sampled_from(
                _ordinary(VOCABULARY[name])
                if kind == "ordinary"
                else [None, *_within(POOL[name], VOCABULARY[name].possible)]
            )
            for name in POOL
        }
    )


@given(trees(), rows_of("possible"))
def test_what_somebody_fulfils_is_possible(tree: Any, row: dict[str, Any]) -> None:
    assume(truth(read(tree), row) is True)
    assert possible(read(tree))


@given(trees(), rows_of("ordinary"))
def test_whom_an_ordinary_traveller_fulfils_is_reached(tree: Any, row: dict[str, Any]) -> None:
    answer = truth(read(tree), row)
    target(float(answer is True))
    assume(answer is True)
    assert reaches_ordinary(read(tree))


@given(trees())
def test_whom_an_ordinary_traveller_fulfils_somebody_does(tree: Any) -> None:
    assert possible(read(tree)) or not reaches_ordinary(read(tree))


def leaf(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


AGE, HOURS = "traveller.age", "booking.hours_before_departure"


@pytest.mark.parametrize(
    "tree",
    [
        leaf(AGE, "lt", 0),
        leaf(AGE, "gt", 120),
        {"all": [leaf(AGE, "lt", 18), leaf(AGE, "ge", 18)]},
        {"all": [leaf(AGE, "gt", 18), leaf(AGE, "lt", 19)]},
        {"all": [leaf("baggage.kg", "gt", 18), {"not": leaf("baggage.kg", "ge", 18)}]},
        {"all": [leaf("traveller.nationality", "eq", "SLV"), leaf("traveller.nationality", "ne", "SLV")]},
        {"all": [leaf("traveller.nationality", "eq", "GTM"), leaf("traveller.nationality", "starts_with", "S")]},
        {"all": [leaf("payment.cash", "eq", value=True), {"field": "payment.cash", "op": "is_unknown"}]},
        {
            "all": [
                leaf("payment.forms", "contains", "CA"),
                {"not": leaf("payment.forms", "contains_any", ["CA", "CC"])},
            ]
        },
        {"all": [{"field": AGE, "op": "gt", "other": HOURS}, leaf(HOURS, "gt", 120)]},
        {"field": "flight.departure_date", "op": "ne", "other": "flight.departure_date"},
    ],
)
def test_a_contradiction_is_impossible(tree: Any) -> None:
    assert not possible(read(tree))


@pytest.mark.parametrize(
    "tree",
    [
        {"all": [leaf("baggage.kg", "gt", 18), leaf("baggage.kg", "lt", 18.5)]},
        {"all": [{"field": AGE, "op": "gt", "other": HOURS}, leaf(HOURS, "gt", 118)]},
        {"field": "flight.departure_date", "op": "gt", "other": "booking.created_on"},
        {"all": [leaf("payment.forms", "contains", "CA"), {"not": leaf("payment.forms", "contains", "CC")}]},
        {"field": "traveller.nationality", "op": "ne", "other": "traveller.residence"},
        {
            "all": [
                {"field": "baggage.pieces", "op": "lt", "other": "party.size"},
                {"field": "party.size", "op": "lt", "other": "trip.legs"},
                leaf("baggage.pieces", "gt", 20),
                leaf("trip.legs", "lt", 24),
            ]
        },
    ],
)
def test_a_narrow_way_through_is_found(tree: Any) -> None:
    assert possible(read(tree))


def test_a_set_of_more_codes_than_are_told_apart_is_too_complex() -> None:
    codes = [f"X{number}" for number in range(MAX_CODES + 1)]
    assert possible(read({"any": [leaf("payment.forms", "contains", code) for code in codes[1:]]}))
    with pytest.raises(TooComplexError):
        possible(read({"any": [leaf("payment.forms", "contains", code) for code in codes]}))


def test_a_search_of_more_rows_than_are_tried_is_too_complex(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [name for name, field in VOCABULARY.items() if field.kind is Kind.INTEGER]
    some = {"all": [{"any": [leaf(name, "eq", 3), leaf(name, "eq", 5), leaf(name, "eq", 7)]} for name in numbers[:4]]}
    never = leaf("trip.airports", "contains", "SAL")
    impossible = read({"all": [some, never, {"not": never}]})
    assert not possible(impossible)
    monkeypatch.setattr(proof, "MAX_STEPS", 100)
    with pytest.raises(TooComplexError):
        possible(impossible)


def test_many_codes_that_are_never_told_apart_are_one() -> None:
    assert possible(read(leaf("trip.airports", "contains_any", [f"A{chr(65 + n)}A" for n in range(26)])))
