"""The linter refuses what no rule may ask, however it is written (LR-24, LR-33), and tells its author what to do."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from tests.unit.targeting.strategies import json_values, trees
from torogoz.domain.purpose import Purpose
from torogoz.targeting.check import MAX_FINDINGS, check, load
from torogoz.targeting.condition import fields_of
from torogoz.targeting.examples import NAMES, example_rules
from torogoz.targeting.field import Language
from torogoz.targeting.findings import RuleRefusedError
from torogoz.targeting.language import parse

TODAY = date(2026, 11, 22)
RULE = {
    "key": "late-cash",
    "title_es": "Compra tardía en efectivo",
    "title_en": "Late cash purchase",
    "reason_es": "La tipología pública describe compras tardías en efectivo.",
    "reason_en": "The public typology describes late purchases in cash.",
    "owner": "PIU",
    "legal_basis": "Ley de ejemplo, artículo 1",
    "purpose": "serious_crime",
    "gravity": 3,
    "review_on": "2027-05-31",
    "condition": {"field": "payment.cash", "op": "eq", "value": True},
    "unless": {"field": "history.earlier_journeys", "op": "ge", "value": 3},
}


def leaf(field: str, op: str, value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


CASH = leaf("payment.cash", "eq", value=True)
NATIONALITY = leaf("traveller.nationality", "in", ["SLV", "GTM"])


def codes(**changes: Any) -> list[str]:
    return [found.code for found in check(RULE | changes, TODAY)]


def test_a_lawful_rule_passes_and_loads() -> None:
    assert codes() == []
    rule = load(RULE, version=7)
    assert (rule.key, rule.version, rule.purpose, rule.gravity) == ("late-cash", 7, Purpose.SERIOUS_CRIME, 3)
    assert rule.review_on == date(2027, 5, 31)
    assert rule.condition == RULE["condition"]
    assert rule.unless == RULE["unless"]


@pytest.mark.parametrize("document", example_rules(date(2027, 5, 31)), ids=NAMES)
def test_the_examples_pass_and_weigh_both_sides(document: dict[str, object]) -> None:
    assert check(document, TODAY) == ()
    rule = load(document)
    assert rule.gravity in (2, 3, 4)
    assert rule.unless is not None
    assert rule.review_on == date(2027, 5, 31)


def test_no_example_asks_for_origin() -> None:
    for document in example_rules(date(2027, 5, 31)):
        condition, _ = parse(document["condition"])
        assert condition is not None
        assert not {"traveller.nationality", "traveller.residence", "document.issuers"} & set(fields_of(condition))


@pytest.mark.parametrize(
    "condition",
    [
        NATIONALITY,
        leaf("traveller.residence", "eq", "GTM"),
        leaf("document.issuers", "contains", "GTM"),
        leaf("flight.departure_country", "eq", "GTM"),
        leaf("flight.departure_airport", "eq", "GUA"),
        leaf("trip.airports", "contains_any", ["GUA"]),
        leaf("booking.agency_country", "eq", "GTM"),
        leaf("payment.currencies", "contains", "GTQ"),
        leaf("document.issuer_differs", "eq", value=True),
        {"field": "document.issuers", "op": "is_known"},
        {"all": [NATIONALITY, leaf("traveller.age", "ge", 0)]},
        {"all": [NATIONALITY, leaf("traveller.age", "between", [18, 30])]},
        {"all": [NATIONALITY, leaf("traveller.residence", "eq", "GTM"), leaf("flight.direction", "eq", "inbound")]},
        {"all": [NATIONALITY, leaf("baggage.pieces", "ge", 0)]},
        {"all": [NATIONALITY, leaf("baggage.pieces", "le", 50)]},
        {"all": [NATIONALITY, leaf("document.days_to_expiry", "ge", 0)]},
        {"all": [NATIONALITY, leaf("booking.cancelled", "eq", value=False)]},
        {"all": [NATIONALITY, leaf("booking.agency_code", "ne", "1234")]},
        {"all": [NATIONALITY, leaf("booking.agency_code", "not_in", ["1234", "5678"])]},
        {"all": [NATIONALITY, leaf("payment.forms", "contains", "CC")]},
        {"all": [NATIONALITY, leaf("trip.one_way", "eq", value=True)]},
        {"all": [NATIONALITY, {"field": "payment.cash", "op": "is_known"}]},
        {"all": [NATIONALITY, {"field": "payment.cash", "op": "is_unknown"}]},
        {"all": [NATIONALITY, {"any": [CASH, {"not": CASH}]}]},
        {"all": [NATIONALITY, {"any": [CASH, {"field": "payment.cash", "op": "is_unknown"}]}]},
        {"all": [NATIONALITY, {"field": "traveller.age", "op": "lt", "other": "booking.hours_before_departure"}]},
        {"any": [NATIONALITY, CASH]},
        {"not": {"not": NATIONALITY}},
        {"not": leaf("traveller.nationality", "not_in", ["SLV", "GTM"])},
        {"not": {"all": [leaf("traveller.nationality", "ne", "SLV"), {"not": CASH}]}},
        {"not": {"any": [leaf("traveller.nationality", "eq", "SLV"), leaf("traveller.nationality", "eq", "USA")]}},
        {"any": [leaf("traveller.nationality", "starts_with", letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]},
        leaf("traveller.age", "lt", 30),
        leaf("flight.number", "eq", "570"),
    ],
)
def test_an_ordinary_traveller_is_never_reached_for_who_they_are(condition: Any) -> None:
    assert codes(condition=condition) == ["NO_OBJECTIVE_GROUND"]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [NATIONALITY, CASH]},
        {"any": [{"all": [NATIONALITY, CASH]}, leaf("document.days_to_expiry", "lt", 30)]},
        {"not": {"any": [{"not": CASH}, {"not": NATIONALITY}]}},
        leaf("booking.agency_code", "in", ["1234"]),
        {"not": leaf("payment.forms", "contains", "CC")},
        leaf("booking.hours_before_departure", "lt", 24),
    ],
)
def test_a_fact_out_of_the_ordinary_carries_a_rule(condition: Any) -> None:
    assert codes(condition=condition) == []


@pytest.mark.parametrize("field", ["traveller.meal", "booking.remarks", "traveller.religion", "traveller.sex", "ssr"])
def test_a_special_category_is_refused_by_name(field: str) -> None:
    assert codes(condition=leaf(field, "eq", "KSML")) == ["SPECIAL_CATEGORY"]


@pytest.mark.parametrize(
    ("key", "text", "word"),
    [
        ("title_es", "Pasajeros musulmanes con prisa", "musulmanes"),
        ("title_en", "Passengers with kosher meals", "kosher"),
        ("reason_es", "Porque suelen ser sindicalistas que viajan a reuniones públicas.", "sindicalistas"),
        ("reason_en", "Because they tend to be activists who travel to public meetings.", "activists"),
        ("title_es", "Viajeros con silla de ruedas y sin retorno", "silla de ruedas"),
        ("reason_en", "Described in public reports on pilgrims who do not come back to the country", "pilgrims"),
    ],
)
def test_a_text_that_names_a_special_category_is_refused(key: str, text: str, word: str) -> None:
    found = check(RULE | {key: text}, TODAY)
    assert [(each.code, each.at, dict(each.values)) for each in found] == [
        ("WORDS_OF_SPECIAL_CATEGORY", f"/{key}", {"word": word})
    ]


def test_innocent_words_stay_innocent() -> None:
    assert codes(title_es="Reunión de la unión aduanera", title_en="Meeting of the customs union") == []


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [("serious_crime", []), ("border_control", ["FIELD_NOT_ALLOWED"]), ("protection", ["FIELD_NOT_ALLOWED"])],
)
def test_a_rule_reads_no_more_than_its_purpose_may(purpose: str, expected: list[str]) -> None:
    assert codes(purpose=purpose) == expected


def test_a_field_that_is_not_allowed_is_named_with_its_place() -> None:
    unless = {"any": [CASH, leaf("traveller.age", "ge", 70)]}
    condition = leaf("document.days_to_expiry", "lt", 0)
    found = check(RULE | {"purpose": "border_control", "condition": condition, "unless": unless}, TODAY)
    assert [(each.code, each.at) for each in found] == [("FIELD_NOT_ALLOWED", "/unless/any/0/field")]
    assert "pnr" in found[0].text(Language.ES)


@pytest.mark.parametrize("purpose", ["exit_ban", "oversight", "labour", None, ["serious_crime"], {}])
def test_only_closed_purposes_for_rules_are_taken(purpose: Any) -> None:
    assert codes(purpose=purpose) == ["WRONG_PURPOSE"]


@pytest.mark.parametrize(
    ("condition", "unless", "expected"),
    [
        ({"all": [CASH, {"not": CASH}]}, RULE["unless"], ["NEVER_FIRES"]),
        (CASH, CASH, ["NEVER_FIRES"]),
        (CASH, {"all": [CASH, leaf("traveller.age", "ge", 0)]}, ["NEVER_FIRES"]),
        (CASH, {"not": CASH}, ["EMPTY_EXONERATION"]),
        (CASH, leaf("traveller.age", "gt", 500), ["EMPTY_EXONERATION"]),
        (CASH, NATIONALITY, ["EXONERATION_BY_ORIGIN"]),
        (CASH, {"any": [leaf("traveller.age", "ge", 70), {"not": NATIONALITY}]}, ["EXONERATION_BY_ORIGIN"]),
    ],
)
def test_exonerating_facts_can_occur_excuse_not_everybody_and_are_none_of_origin(
    condition: Any, unless: Any, expected: list[str]
) -> None:
    assert codes(condition=condition, unless=unless) == expected


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in RULE.items() if key not in keys}


NO_UNLESS = {
    "no_unless_es": "Un documento denunciado como robado no admite atenuantes aquí.",
    "no_unless_en": "A document that was reported stolen leaves nothing to weigh here.",
}


def test_exoneration_is_given_or_its_absence_explained_in_both_languages() -> None:
    assert [found.code for found in check(without("unless"), TODAY)] == ["NO_EXONERATION"]
    assert check(without("unless") | NO_UNLESS, TODAY) == ()
    assert load(without("unless") | NO_UNLESS).no_unless_en == NO_UNLESS["no_unless_en"]
    assert codes(**NO_UNLESS) == ["TWO_EXONERATIONS"]
    half = without("unless") | {"no_unless_es": NO_UNLESS["no_unless_es"]}
    assert [found.code for found in check(half, TODAY)] == ["NO_EXONERATION"]


@pytest.mark.parametrize(
    "key",
    [
        "key",
        "title_es",
        "title_en",
        "reason_es",
        "reason_en",
        "owner",
        "legal_basis",
        "purpose",
        "gravity",
        "review_on",
    ],
)
def test_every_term_is_required(key: str) -> None:
    assert [(found.code, dict(found.values)["key"]) for found in check(without(key), TODAY)] == [("MISSING_KEY", key)]


def test_a_condition_is_required() -> None:
    assert [found.code for found in check(without("condition"), TODAY)] == ["MISSING_KEY"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title_en": "short"}, ["WRONG_TEXT"]),
        ({"title_en": "x" * 161}, ["WRONG_TEXT"]),
        ({"title_en": "A title\nof two lines"}, ["WRONG_TEXT"]),
        ({"reason_es": "          porque sí                         "}, ["WRONG_TEXT"]),
        ({"owner": 5}, ["WRONG_TEXT"]),
        ({"key": "Late Cash"}, ["WRONG_KEY_FORM"]),
        ({"key": "x" * 81}, ["WRONG_KEY_FORM"]),
        ({"key": None}, ["WRONG_KEY_FORM"]),
        ({"gravity": 0}, ["WRONG_GRAVITY"]),
        ({"gravity": 5}, ["WRONG_GRAVITY"]),
        ({"gravity": True}, ["WRONG_GRAVITY"]),
        ({"gravity": "3"}, ["WRONG_GRAVITY"]),
        ({"review_on": "31.5.2027"}, ["WRONG_DATE"]),
        ({"review_on": "2027-02-30"}, ["WRONG_DATE"]),
        ({"review_on": 20270531}, ["WRONG_DATE"]),
        ({"review_on": "2026-11-22"}, ["REVIEW_PAST"]),
        ({"review_on": "2027-11-24"}, ["REVIEW_LATE"]),
        ({"review_on": "2027-11-23"}, []),
        ({"weight": 5}, ["UNKNOWN_KEY"]),
        ({"version": 5}, ["UNKNOWN_KEY"]),
        ({"unless": None}, ["NOT_OBJECT"]),
        ({"condition": {"field": "nothing", "op": "eq"}}, ["UNKNOWN_FIELD"]),
        ({"condition": {"field": "payment.cash", "op": "eq"}, "unless": []}, ["MISSING_KEY", "NOT_OBJECT"]),
    ],
)
def test_the_terms_of_a_rule_are_read_strictly(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(**changes) == expected


def test_what_cannot_be_proved_lawful_does_not_run() -> None:
    forms = [leaf("payment.forms", "contains", f"X{number}") for number in range(20)]
    assert codes(condition={"any": forms}) == ["TOO_COMPLEX"]


@pytest.mark.parametrize("document", [None, [], "rule", 5])
def test_what_is_no_object_is_no_rule(document: Any) -> None:
    assert [found.code for found in check(document, TODAY)] == ["NOT_OBJECT"]
    with pytest.raises(RuleRefusedError):
        load(document)


def test_a_refused_rule_does_not_load_and_the_error_says_why() -> None:
    with pytest.raises(RuleRefusedError, match="NO_OBJECTIVE_GROUND at /condition") as refused:
        load(RULE | {"condition": NATIONALITY})
    assert refused.value.blame == "author"
    assert refused.value.findings[0].code == "NO_OBJECTIVE_GROUND"


def test_a_rule_past_its_review_still_loads_for_whoever_must_look_at_it() -> None:
    assert load(RULE | {"review_on": "2020-01-01"}).review_on == date(2020, 1, 1)


def test_a_file_of_nothing_but_mistakes_is_answered_within_bounds() -> None:
    assert len(check({f"key{number}": 1 for number in range(5000)}, TODAY)) == MAX_FINDINGS


@given(json_values)
def test_no_document_breaks_the_linter(tree: Any) -> None:
    check(tree, TODAY)
    assert codes(condition=tree, unless=tree, key=tree, purpose=tree, title_es=tree, review_on=tree)


@given(trees())
def test_a_condition_of_origin_and_person_alone_never_passes(tree: Any) -> None:
    condition, _ = parse(tree)
    assert condition is not None
    quiet = {"all": [tree, NATIONALITY]}
    carried = any(name.split(".")[0] in ("booking", "baggage", "payment", "trip") for name in fields_of(condition))
    assert carried or set(codes(condition=quiet, unless=RULE["unless"])) & {"NO_OBJECTIVE_GROUND", "NEVER_FIRES"}


EARLIER, LAST = "history.earlier_journeys", "history.days_since_last"


@pytest.mark.parametrize(
    "condition",
    [
        leaf(EARLIER, "le", 1),
        leaf(EARLIER, "lt", 2),
        leaf(EARLIER, "eq", 1),
        leaf(EARLIER, "ne", 5),
        leaf(EARLIER, "between", [1, 2]),
        leaf(EARLIER, "in", [1]),
        {"not": leaf(EARLIER, "ge", 2)},
        {"field": EARLIER, "op": "is_unknown"},
        {"not": {"field": EARLIER, "op": "is_known"}},
        {"field": LAST, "op": "is_unknown"},
        {"field": EARLIER, "op": "lt", "other": "baggage.pieces"},
        {"field": "baggage.pieces", "op": "gt", "other": EARLIER},
        {"any": [CASH, leaf(EARLIER, "le", 1)]},
    ],
)
def test_that_earlier_journeys_are_few_or_unknown_is_no_ground_since_they_may_be_forgotten(condition: Any) -> None:
    assert codes(condition={"all": [CASH, condition]}, unless=leaf("traveller.age", "ge", 70)) == ["READS_FORGETTING"]


@pytest.mark.parametrize(
    "condition",
    [
        leaf(EARLIER, "ge", 8),
        {"not": leaf(EARLIER, "lt", 8)},
        {"field": EARLIER, "op": "is_known"},
        {"not": {"field": LAST, "op": "is_unknown"}},
        {"field": EARLIER, "op": "gt", "other": "baggage.pieces"},
        {"field": "baggage.pieces", "op": "le", "other": EARLIER},
        leaf(LAST, "le", 3),
    ],
)
def test_that_earlier_journeys_are_at_least_so_many_may_be_asked(condition: Any) -> None:
    assert codes(condition={"all": [CASH, condition]}, unless=leaf("traveller.age", "ge", 70)) == []


def test_that_they_are_many_excuses_as_before() -> None:
    assert codes(unless={"any": [leaf(EARLIER, "ge", 3), {"not": leaf(EARLIER, "lt", 3)}]}) == []
