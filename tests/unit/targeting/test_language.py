"""The language is read strictly: what is wrong is said with its place and remedy, and nothing is coerced."""

from string import Formatter
from typing import Any

import pytest
from hypothesis import given

from tests.unit.targeting.strategies import json_values, trees
from torogoz.targeting.condition import AllOf, Comparison, FieldComparison, Op, Presence, fields_of
from torogoz.targeting.field import Kind, Language
from torogoz.targeting.findings import CATALOGUE, finding
from torogoz.targeting.language import MAX_DEPTH, MAX_LIST, MAX_NODES, parse, places

AGE = {"field": "traveller.age", "op": "ge", "value": 18}


def codes(tree: Any) -> list[tuple[str, str]]:
    condition, findings = parse(tree)
    assert (condition is None) == bool(findings)
    return [(found.code, found.at) for found in findings]


def leaf(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def test_a_tree_is_read_into_values() -> None:
    tree = {
        "all": [
            AGE,
            {"not": {"any": [leaf("flight.departure_date", "between", ["2026-11-01", "2026-11-30"])]}},
            {"field": "traveller.nationality", "op": "ne", "other": "traveller.residence"},
            {"field": "baggage.kg", "op": "is_unknown"},
            leaf("baggage.kg", "gt", 20),
        ]
    }
    condition, findings = parse(tree)
    assert findings == ()
    assert isinstance(condition, AllOf)
    assert condition.parts[0] == Comparison("traveller.age", Op.GE, 18)
    assert condition.parts[2:] == (
        FieldComparison("traveller.nationality", Op.NE, "traveller.residence"),
        Presence("baggage.kg", known=False),
        Comparison("baggage.kg", Op.GT, 20.0),
    )
    assert isinstance(condition.parts[4], Comparison)
    assert isinstance(condition.parts[4].value, float)
    assert fields_of(condition) == (
        "traveller.age",
        "flight.departure_date",
        "traveller.nationality",
        "traveller.residence",
        "baggage.kg",
    )


def test_each_field_is_named_with_its_place() -> None:
    tree = {"any": [{"not": AGE}, {"all": [{"field": "payment.cash", "op": "eq", "other": "trip.one_way"}]}]}
    assert list(places(tree, "/condition")) == [
        ("traveller.age", "/condition/any/0/not/field"),
        ("payment.cash", "/condition/any/1/all/0/field"),
        ("trip.one_way", "/condition/any/1/all/0/other"),
    ]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (None, [("NOT_OBJECT", "")]),
        ([], [("NOT_OBJECT", "")]),
        ({}, [("WRONG_NODE", "")]),
        ({"all": [AGE], "any": [AGE]}, [("WRONG_NODE", "")]),
        ({"all": [AGE], "why": 1}, [("UNKNOWN_KEY", "")]),
        ({"all": []}, [("EMPTY_LIST", "/all")]),
        ({"any": {}}, [("EMPTY_LIST", "/any")]),
        ({"all": [AGE, {"not": 1}, 2]}, [("NOT_OBJECT", "/all/1/not"), ("NOT_OBJECT", "/all/2")]),
        ({"field": "traveller.agee", "op": "ge"}, [("UNKNOWN_FIELD", "/field")]),
        ({"field": ["traveller.age"], "op": "ge"}, [("UNKNOWN_FIELD", "/field")]),
        ({"field": "traveller.meal", "op": "eq"}, [("SPECIAL_CATEGORY", "/field")]),
        ({"field": "booking.ssr_codes", "op": "contains"}, [("SPECIAL_CATEGORY", "/field")]),
        ({"field": "remark.language", "op": "eq"}, [("SPECIAL_CATEGORY", "/field")]),
        ({"field": "traveller.birth_place", "op": "eq"}, [("SPECIAL_CATEGORY", "/field")]),
        ({"field": "traveller.sex", "op": "eq"}, [("SPECIAL_CATEGORY", "/field")]),
        ({"field": "traveller.age"}, [("UNKNOWN_OPERATOR", "/op")]),
        ({"field": "traveller.age", "op": []}, [("UNKNOWN_OPERATOR", "/op")]),
        (leaf("traveller.age", "matches", 1), [("UNKNOWN_OPERATOR", "/op")]),
        (leaf("traveller.age", "contains", 1), [("WRONG_OPERATOR", "/op")]),
        (leaf("baggage.kg", "eq", 1), [("WRONG_OPERATOR", "/op")]),
        ({"field": "traveller.age", "op": "is_known", "value": True}, [("UNKNOWN_KEY", "")]),
        ({"field": "traveller.age", "op": "ge"}, [("MISSING_KEY", "")]),
        (AGE | {"other": "baggage.pieces"}, [("UNKNOWN_KEY", "")]),
        ({"field": "traveller.age", "op": "ge", "other": "nothing"}, [("UNKNOWN_FIELD", "/other")]),
        ({"field": "traveller.age", "op": "ge", "other": "baggage.kg"}, [("DIFFERENT_TYPES", "")]),
        ({"field": "traveller.age", "op": "in", "other": "baggage.pieces"}, [("WRONG_OPERATOR", "/op")]),
        (leaf("traveller.age", "between", [1]), [("WRONG_VALUE", "/value")]),
        (leaf("traveller.age", "between", [9, 1]), [("WRONG_BOUNDS", "/value")]),
        (leaf("traveller.age", "in", 5), [("EMPTY_LIST", "/value")]),
        (leaf("traveller.age", "in", [5, "6"]), [("WRONG_VALUE", "/value/1")]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tree: Any, expected: list[tuple[str, str]]) -> None:
    assert codes(tree) == expected


@pytest.mark.parametrize(
    ("field", "op", "value"),
    [
        ("traveller.age", "ge", True),
        ("traveller.age", "ge", 18.0),
        ("traveller.age", "ge", "18"),
        ("traveller.age", "ge", 10**12 + 1),
        ("baggage.kg", "ge", True),
        ("baggage.kg", "ge", "20"),
        ("baggage.kg", "ge", float("nan")),
        ("baggage.kg", "ge", float("inf")),
        ("baggage.kg", "ge", 10**400),
        ("baggage.kg", "ge", 1e13),
        ("payment.cash", "eq", 1),
        ("payment.cash", "eq", "true"),
        ("flight.departure_date", "eq", "22.11.2026"),
        ("flight.departure_date", "eq", "2026-02-30"),
        ("flight.departure_date", "eq", 20261122),
        ("traveller.nationality", "eq", "El Salvador"),
        ("traveller.nationality", "eq", "slv"),
        ("traveller.nationality", "eq", None),
        ("traveller.nationality", "starts_with", ""),
        ("traveller.nationality", "starts_with", "S%"),
        ("traveller.nationality", "starts_with", 1),
        ("traveller.role", "eq", "pilot"),
        ("payment.forms", "contains", "cash!"),
    ],
)
def test_a_value_of_another_type_or_form_is_refused(field: str, op: str, value: Any) -> None:
    assert codes(leaf(field, op, value)) == [("WRONG_VALUE", "/value")]


@pytest.mark.parametrize("value", [-(10**12), 10**12])
def test_numbers_up_to_the_limit_are_taken(value: int) -> None:
    assert codes(leaf("traveller.age", "ge", value)) == []
    assert codes(leaf("baggage.kg", "ge", value)) == []


def test_limits_hold_of_depth_nodes_and_lists() -> None:
    deep: Any = AGE
    for _ in range(MAX_DEPTH - 1):
        deep = {"not": deep}
    assert codes(deep) == []
    assert codes({"not": deep}) == [("TOO_LARGE", "/not" * MAX_DEPTH)]
    assert codes({"all": [AGE] * (MAX_NODES - 1)}) == []
    assert codes({"all": [AGE] * MAX_LIST}) == [("TOO_LARGE", f"/all/{MAX_NODES - 1}")]
    assert codes({"all": [AGE] * (MAX_LIST + 1)}) == [("TOO_LARGE", "/all")]
    assert codes(leaf("traveller.age", "in", [1] * (MAX_LIST + 1))) == [("TOO_LARGE", "/value")]


@given(trees())
def test_every_well_typed_tree_is_read(tree: Any) -> None:
    assert codes(tree) == []


@given(json_values)
def test_any_json_is_read_or_refused_with_words_in_both_languages(tree: Any) -> None:
    condition, findings = parse(tree)
    assert (condition is None) == bool(findings)
    for found in findings:
        # What a rule says may hold braces too, and is said back; what a sentence has between its own is filled in.
        named = {name for text in CATALOGUE[found.code] for _, name, *_ in Formatter().parse(text.en) if name}
        for language in Language:
            assert not any(f"{{{name}}}" in found.text(language) + found.remedy(language) for name in named)
            assert found.remedy(language)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_has_its_sentence_and_remedy_in_both_languages(code: str) -> None:
    sentence, remedy = CATALOGUE[code]
    for text in (sentence, remedy):
        assert text.es
        assert text.en
        assert text.es != text.en


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.CODE, Kind.CODES)])
def test_what_is_expected_is_said_of_every_type(kind: Kind) -> None:
    field = {
        Kind.INTEGER: "traveller.age",
        Kind.DECIMAL: "baggage.kg",
        Kind.DATE: "flight.departure_date",
        Kind.BOOLEAN: "payment.cash",
    }[kind]
    _, findings = parse(leaf(field, "ge" if kind is Kind.DECIMAL else "eq", []))
    assert dict(findings[0].values)["expected"]


def test_what_an_author_wrote_cannot_steer_a_terminal_and_stays_short() -> None:
    found = finding("UNKNOWN_KEY", "/\x1b[31m", key="\x1b]0;" + "x" * 9999, known=["not", "plain"])
    assert found.at.isprintable()
    assert all(value.isprintable() and len(value) <= 200 for _, value in found.values)
