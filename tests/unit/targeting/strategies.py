"""Random well-typed rules and random rows, over few fields and few values, so that they meet often."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from torogoz.targeting.condition import OPERATORS, Op
from torogoz.targeting.field import Kind
from torogoz.targeting.vocabulary import VOCABULARY

#: field → values that rows and rules share; every type of field is here, and pairs of one type to compare.
POOL: dict[str, list[Any]] = {
    "flight.carrier": ["TA", "AV", "CM"],
    "booking.agency_code": ["TA", "1234", "AV"],
    "traveller.nationality": ["SLV", "GTM", "D"],
    "traveller.residence": ["SLV", "GTM", "D"],
    "traveller.role": ["passenger", "crew", "transit"],
    "traveller.age": [0, 17, 18, 40, 120],
    "booking.hours_before_departure": [-5, 0, 18, 95, 96, 1000],
    "baggage.pieces": [0, 1, 2, 3],
    "baggage.kg": [0.0, 10.0, 23.5, 100.0],
    "baggage.kg_per_piece": [0.0, 10.0, 23.5, 100.0],
    "flight.departure_date": [date(2026, 11, 21), date(2026, 11, 22)],
    "booking.created_on": [date(2026, 11, 20), date(2026, 11, 22)],
    "payment.cash": [False, True],
    "trip.one_way": [False, True],
    "payment.forms": [frozenset(), frozenset({"CA"}), frozenset({"CC"}), frozenset({"CA", "CC", "MS"})],
    "document.types": [frozenset(), frozenset({"P"}), frozenset({"P", "V"})],
}
_TWINS = [
    ("traveller.nationality", "traveller.residence"),
    ("baggage.kg", "baggage.kg_per_piece"),
    ("traveller.age", "booking.hours_before_departure"),
    ("baggage.pieces", "traveller.age"),
    ("flight.departure_date", "booking.created_on"),
    ("payment.cash", "trip.one_way"),
    ("flight.carrier", "booking.agency_code"),
]
_LISTS = (Op.IN, Op.NOT_IN, Op.CONTAINS_ANY)
_TWO_FIELDS = {Op.EQ, Op.NE, Op.LT, Op.LE, Op.GT, Op.GE}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@st.composite
def leaf_trees(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(POOL)))
    field = VOCABULARY[name]
    op = draw(st.sampled_from(OPERATORS[field.kind]))
    node: dict[str, Any] = {"field": name, "op": op.value}
    pool = POOL[name] if field.kind is not Kind.CODES else sorted(frozenset[str]().union(*POOL[name]))
    literal = st.sampled_from([_json(value) for value in pool])
    if op in (Op.IS_KNOWN, Op.IS_UNKNOWN):
        return node
    if op in _LISTS:
        return node | {"value": draw(st.lists(literal, min_size=1, max_size=3))}
    if op is Op.BETWEEN:
        return node | {"value": sorted([draw(literal), draw(literal)])}
    if op is Op.STARTS_WITH:
        return node | {"value": draw(literal)[:1]}
    twins = [other for pair in _TWINS if name in pair for other in pair if other != name]
    if twins and op in _TWO_FIELDS and draw(st.booleans()):
        return node | {"other": draw(st.sampled_from(twins))}
    return node | {"value": draw(literal)}


def trees(leaves: st.SearchStrategy[dict[str, Any]] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions of a few levels."""
    return st.recursive(
        leaves or leaf_trees(),
        lambda inner: st.one_of(
            st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
            st.fixed_dictionaries({"not": inner}),
        ),
        max_leaves=8,
    )


def table_rows() -> st.SearchStrategy[dict[str, Any]]:
    """Rows with unknown values everywhere."""
    return st.fixed_dictionaries({name: st.sampled_from([None, *pool]) for name, pool in POOL.items()})


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(sorted(POOL)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "field", "op", "value", "other", "x"]) | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
