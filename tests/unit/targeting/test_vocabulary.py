"""The vocabulary is a policy that a lawyer can read, and nothing in it asks what no rule may ask."""

import re

import pytest

from torogoz.targeting.field import About, Field, Kind, Language, Range
from torogoz.targeting.special import names_special_category
from torogoz.targeting.vocabulary import GROUPS, VOCABULARY

FIELDS = pytest.mark.parametrize("field", VOCABULARY.values(), ids=list(VOCABULARY))


def test_the_vocabulary_is_wide_and_no_name_stands_twice() -> None:
    assert len(VOCABULARY) >= 35
    assert len(VOCABULARY) == sum(len(group.FIELDS) for group in GROUPS)


@FIELDS
def test_no_field_is_a_special_category_or_its_proxy(field: Field) -> None:
    assert not names_special_category(re.sub("names_disagree|surnames?", "", field.name))


def test_names_reach_a_rule_only_as_comparisons() -> None:
    about_names = {name: field.kind for name, field in VOCABULARY.items() if "name" in name}
    assert set(about_names.values()) == {Kind.BOOLEAN, Kind.INTEGER}


@FIELDS
def test_every_field_has_its_words_in_both_languages(field: Field) -> None:
    for text in (field.label, field.help, *field.choices.values()):
        assert text.of(Language.ES)
        assert text.of(Language.EN)
        assert text.es != text.en or text.es in {"API", "PNR"}


@FIELDS
def test_a_code_says_how_it_is_written(field: Field) -> None:
    assert (field.kind in (Kind.CODE, Kind.CODES)) == bool(field.form or field.choices)


@FIELDS
def test_conduct_says_what_is_ordinary_so_that_it_can_be_told_from_what_is_not(field: Field) -> None:
    if field.about is not About.CONDUCT:
        assert field.ordinary is None
    elif field.kind is Kind.CODE:
        assert field.form
    elif field.kind is Kind.BOOLEAN:
        assert field.ordinary in (frozenset({False}), frozenset({False, True}))
    elif field.kind is Kind.CODES:
        assert isinstance(field.ordinary, frozenset)
    else:
        assert isinstance(field.ordinary, Range)
        assert field.possible is not None
        assert field.possible.low <= field.ordinary.low <= field.ordinary.high <= field.possible.high


@pytest.mark.parametrize(
    "name",
    [
        "traveller.nationality",
        "traveller.residence",
        "document.issuers",
        "document.issuer_differs",
        "flight.departure_country",
        "flight.departure_airport",
        "trip.airports",
        "trip.first_airport",
        "booking.agency_country",
        "payment.currencies",
    ],
)
def test_what_stands_in_for_nationality_is_told_apart_as_origin(name: str) -> None:
    assert VOCABULARY[name].about is About.ORIGIN
