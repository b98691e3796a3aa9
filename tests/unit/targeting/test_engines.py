"""The compiled rules and the plain interpreter mean the same, which is what docs/design/rule-semantics.md says."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.targeting.strategies import POOL, table_rows, trees
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.rule import Rule
from torogoz.errors import OurError
from torogoz.targeting.compile import compile_rules, fired
from torogoz.targeting.condition import AllOf, AnyOf, Comparison, Condition, Not, Op, Presence, leaves
from torogoz.targeting.facts import Facts
from torogoz.targeting.findings import RuleRefusedError
from torogoz.targeting.interpret import fires, truth
from torogoz.targeting.language import parse
from torogoz.targeting.vocabulary import VOCABULARY

READS = frozenset({DataClass.API, DataClass.PNR})


def rule(condition: Any, unless: Any = None, purpose: Purpose = Purpose.SERIOUS_CRIME) -> Rule:
    return Rule(
        key="example",
        version=1,
        title_es="Ejemplo",
        title_en="Example",
        reason_es="…",
        reason_en="…",
        owner="…",
        legal_basis="…",
        purpose=purpose,
        gravity=3,
        review_on=date(2027, 5, 31),
        condition=condition,
        unless=unless,
    )


def facts_of(row: dict[str, Any], number: int = 1) -> Facts:
    return Facts(number, READS, dict.fromkeys(VOCABULARY) | row)


def read(tree: Any) -> Condition:
    condition, findings = parse(tree)
    assert condition is not None, findings
    return condition


@given(
    st.lists(st.tuples(trees(), st.none() | trees()), max_size=4),
    st.lists(table_rows(), max_size=5),
)
def test_both_engines_fire_on_the_same_travellers(rules: list[tuple[Any, Any]], table: list[dict[str, Any]]) -> None:
    compiled = compile_rules([rule(condition, unless) for condition, unless in rules])
    assert fired(compiled, [facts_of(row) for row in table]) == tuple(
        tuple(place for place, row in enumerate(table) if fires(one.condition, one.unless, row))
        for one in compiled.rules
    )


def compared(name: str, op: str, value: Any = None, *, other: str | None = None) -> dict[str, Any]:
    return {"field": name, "op": op} | ({"other": other} if other else {"value": value})


AGE, FORMS, BORN = "traveller.age", "payment.forms", "traveller.nationality"
LEAVES, BOOKED = "flight.departure_date", "booking.created_on"


@pytest.mark.parametrize(
    ("tree", "true_of", "false_of"),
    [
        (compared(AGE, "eq", 18), {AGE: 18}, {AGE: 17}),
        (compared(AGE, "ne", 18), {AGE: 17}, {AGE: 18}),
        (compared(AGE, "lt", 18), {AGE: 17}, {AGE: 18}),
        (compared(AGE, "le", 18), {AGE: 18}, {AGE: 19}),
        (compared(AGE, "gt", 18), {AGE: 19}, {AGE: 18}),
        (compared(AGE, "ge", 18), {AGE: 18}, {AGE: 17}),
        (compared(AGE, "between", [18, 40]), {AGE: 40}, {AGE: 41}),
        (compared(AGE, "in", [17, 18]), {AGE: 18}, {AGE: 40}),
        (compared(AGE, "not_in", [17, 18]), {AGE: 40}, {AGE: 18}),
        (compared(BORN, "starts_with", "S"), {BORN: "SLV"}, {BORN: "GTM"}),
        (compared(FORMS, "contains", "CA"), {FORMS: frozenset({"CA", "CC"})}, {FORMS: frozenset({"CC"})}),
        (compared(FORMS, "contains_any", ["CA", "MS"]), {FORMS: frozenset({"MS"})}, {FORMS: frozenset()}),
        ({"field": AGE, "op": "is_known"}, {AGE: 0}, {AGE: None}),
        ({"field": AGE, "op": "is_unknown"}, {AGE: None}, {AGE: 0}),
        (
            compared(BORN, "ne", other="traveller.residence"),
            {BORN: "SLV", "traveller.residence": "GTM"},
            {BORN: "SLV", "traveller.residence": "SLV"},
        ),
        (
            compared(LEAVES, "gt", other=BOOKED),
            {LEAVES: date(2026, 11, 22), BOOKED: date(2026, 11, 21)},
            {LEAVES: date(2026, 11, 22), BOOKED: date(2026, 11, 22)},
        ),
    ],
)
def test_each_comparison_is_true_of_what_it_says_to_both_engines(
    tree: dict[str, Any], true_of: dict[str, Any], false_of: dict[str, Any]
) -> None:
    row, other = facts_of(true_of), facts_of(false_of)
    assert (fires(read(tree), None, row.values), fires(read(tree), None, other.values)) == (True, False)
    assert fired(compile_rules([rule(tree)]), [row, other]) == ((0,),)


def _without_presence(tree: Any) -> bool:
    return not any(isinstance(leaf, Presence) for leaf in leaves(read(tree)))


@given(trees().filter(_without_presence), table_rows(), st.data())
def test_learning_a_value_never_turns_true_into_false(tree: Any, row: dict[str, Any], data: st.DataObject) -> None:
    known = {name: data.draw(st.sampled_from(POOL[name])) if value is None else value for name, value in row.items()}
    before, after = truth(read(tree), row), truth(read(tree), known)
    assert before is None or before is after
    assert after is not None


@given(trees(), trees(), table_rows())
def test_de_morgan_holds_of_unknown_too(one: Any, other: Any, row: dict[str, Any]) -> None:
    neither = AllOf((Not(read(one)), Not(read(other))))
    assert truth(Not(AnyOf((read(one), read(other)))), row) is truth(neither, row)


_LEAF = {True: "payment.cash", False: "trip.one_way", None: "traveller.unaccompanied_minor"}
_ROW = {"payment.cash": True, "trip.one_way": False, "traveller.unaccompanied_minor": None}


def _is_true(value: bool | None) -> Condition:  # noqa: FBT001 - the three values of the page's table
    return Comparison(_LEAF[value], Op.EQ, value=True)


@pytest.mark.parametrize(("one", "other"), list(product((True, False, None), repeat=2)))
def test_all_any_and_not_follow_the_table_of_the_page(one: bool | None, other: bool | None) -> None:  # noqa: FBT001
    both = (one, other)
    conjunction = False if False in both else None if None in both else True
    disjunction = True if True in both else None if None in both else False
    assert truth(AllOf((_is_true(one), _is_true(other))), _ROW) is conjunction
    assert truth(AnyOf((_is_true(one), _is_true(other))), _ROW) is disjunction
    assert truth(Not(_is_true(one)), _ROW) is (None if one is None else not one)


@pytest.mark.parametrize("op", ["eq", "ne", "in", "not_in", "starts_with"])
def test_every_comparison_with_an_unknown_value_is_unknown(op: str) -> None:
    value = ["SLV"] if op in ("in", "not_in") else "SLV"
    tree = {"field": "traveller.nationality", "op": op, "value": value}
    assert truth(read(tree), {"traveller.nationality": None}) is None


def test_an_empty_set_is_known_and_contains_nothing() -> None:
    row = {"payment.forms": frozenset[str]()}
    assert truth(read({"field": "payment.forms", "op": "is_known"}), row) is True
    assert truth(read({"field": "payment.forms", "op": "contains", "value": "CA"}), row) is False
    assert truth(read({"field": "payment.forms", "op": "contains_any", "value": ["CA"]}), row) is False


CASH = {"field": "payment.cash", "op": "eq", "value": True}
KNOWN_WELL = {"field": "history.earlier_journeys", "op": "ge", "value": 3}


@pytest.mark.parametrize(
    ("journeys", "expected"), [(None, ((0,),)), (0, ((0,),)), (3, ((),))], ids=["unknown", "none", "several"]
)
def test_only_an_established_exonerating_fact_clears(journeys: int | None, expected: tuple[tuple[int, ...]]) -> None:
    row = facts_of({"payment.cash": True, "history.earlier_journeys": journeys})
    assert fired(compile_rules([rule(CASH, KNOWN_WELL)]), [row]) == expected
    assert fires(read(CASH), read(KNOWN_WELL), row.values) is bool(expected[0])


def test_no_rules_and_no_travellers_give_nothing() -> None:
    assert fired(compile_rules([]), [facts_of({})]) == ()
    assert fired(compile_rules([rule(CASH)]), []) == ((),)


def test_facts_that_a_purpose_may_not_read_are_refused_not_screened() -> None:
    compiled = compile_rules([rule(CASH, purpose=Purpose.BORDER_CONTROL)])
    with pytest.raises(OurError, match="may not read"):
        fired(compiled, [facts_of({"payment.cash": True})])


@pytest.mark.parametrize(("condition", "unless"), [({"field": "x"}, None), (CASH, {"any": []})])
def test_a_rule_that_cannot_be_read_is_refused_with_its_findings(condition: Any, unless: Any) -> None:
    with pytest.raises(RuleRefusedError) as refused:
        compile_rules([rule(condition, unless)])
    assert refused.value.findings[0].code in str(refused.value)


def test_equal_comparisons_of_many_rules_are_computed_once() -> None:
    assert len(compile_rules([rule(CASH), rule({"not": CASH}, KNOWN_WELL)]).comparisons) == 2
