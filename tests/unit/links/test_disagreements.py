"""Where the sources of one traveller disagree. All people are invented."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Sex, Traveller, TravellerRole
from torogoz.links.disagreements import DisputedField, disagreements


def view(**fields: Any) -> Traveller:
    """What one source says."""
    return Traveller(TravellerRole.PASSENGER, **fields)


Fields = dict[str, Any]
EQUIVALENT: dict[str, tuple[Fields, Fields]] = {
    "spelling": ({"surname": "Muñoz-Prueba"}, {"surname": "MUNOZ PRUEBA"}),
    "order within a field": ({"surname": "MUESTRA PRUEBA"}, {"surname": "PRUEBA MUESTRA"}),
    "fields exchanged": (
        {"surname": "EJEMPLO", "given_names": "ANA"},
        {"surname": "ANA", "given_names": "EJEMPLO"},
    ),
    "a glued title": ({"given_names": "ANA"}, {"given_names": "ANAMRS"}),
    "a date that knows less": ({"birth_date": PartialDate(1988, 2, 29)}, {"birth_date": PartialDate(1988)}),
    "sex sent as unspecified": ({"sex": Sex.FEMALE}, {"sex": Sex.UNSPECIFIED}),
    "spaces in a number": (
        {"documents": (Document("A01234567", "P"),)},
        {"documents": (Document("A-0123 4567"),)},
    ),
    "documents of another kind": ({"documents": (Document("A1", "P"),)}, {"documents": (Document("V2", "V"),)}),
    "one source silent": (
        {
            "surname": "EJEMPLO",
            "given_names": "ANA",
            "nationality": "SLV",
            "sex": Sex.FEMALE,
            "birth_date": PartialDate(1988),
            "documents": (Document("A1"),),
        },
        {},
    ),
}
DISPUTED: dict[DisputedField, tuple[Fields, Fields]] = {
    DisputedField.SURNAME: ({"surname": "EJEMPLO", "given_names": "ANA"}, {"surname": "MUESTRA", "given_names": "ANA"}),
    DisputedField.GIVEN_NAMES: (
        {"surname": "EJEMPLO", "given_names": "ANA LUZ"},
        {"surname": "EJEMPLO", "given_names": "ANA"},
    ),
    DisputedField.BIRTH_DATE: ({"birth_date": PartialDate(1988, 2, 11)}, {"birth_date": PartialDate(1988, 11, 2)}),
    DisputedField.SEX: ({"sex": Sex.FEMALE}, {"sex": Sex.MALE}),
    DisputedField.NATIONALITY: ({"nationality": "SLV"}, {"nationality": "GTM"}),
    DisputedField.DOCUMENT: ({"documents": (Document("A1", "P"),)}, {"documents": (Document("A2", "P"),)}),
}


@pytest.mark.parametrize("case", EQUIVALENT)
def test_what_is_equivalent_is_no_disagreement(case: str) -> None:
    """An analyst's eye is not drawn to what only looks different."""
    one, two = EQUIVALENT[case]
    assert disagreements([view(**one), view(**two)]) == ()


@pytest.mark.parametrize("field", DISPUTED)
def test_each_field_that_differs_is_named_alone(field: DisputedField) -> None:
    """A real difference is marked on its field and on no other."""
    one, two = DISPUTED[field]
    (found,) = disagreements([view(**one), view(**two)])
    assert (found.field, found.views) == (field, (0, 1))


def test_a_third_source_that_agrees_with_nobody_is_marked_with_those_it_disputes() -> None:
    """Views that say nothing are left out of a dispute."""
    views = [view(sex=Sex.FEMALE), view(), view(sex=Sex.MALE), view(sex=Sex.FEMALE)]
    (found,) = disagreements(views)
    assert found.views == (0, 2, 3)


@given(st.lists(st.sampled_from([fields for pair in DISPUTED.values() for fields in pair]), max_size=4))
def test_the_order_of_sources_does_not_change_which_fields_are_disputed(fields: list[dict[str, Any]]) -> None:
    """Comparing is symmetric."""
    views = [view(**one) for one in fields]
    there = {found.field for found in disagreements(views)}
    assert there == {found.field for found in disagreements(views[::-1])}
