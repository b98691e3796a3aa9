"""Which journeys are one person's. All people are invented, and hashes are only words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.links.clues import Clue, LinkKind
from torogoz.links.persons import Identifier, IdentifierKind, JourneyIdentity, propose


def journey(
    number: int,
    surname: str | None = "EJEMPLO",
    given_names: str | None = "ANA",
    birth: str | None = "1988-02-29",
    person: int | None = None,
    **hashes: str,
) -> JourneyIdentity:
    """An invented journey with identifiers given as `phone="h1"`."""
    identifiers = frozenset(Identifier(IdentifierKind(kind), digest) for kind, digest in hashes.items())
    date = PartialDate.parse(birth) if birth else None
    return JourneyIdentity(number, surname, given_names, date, identifiers, person)


def test_a_document_joins_where_the_name_fits_and_keeps_its_evidence() -> None:
    """The document is enough with a name that fits, even without a birth date."""
    (link,) = propose([journey(1, document="h1")], journey(2, "EJEMPLO PRUEBA", "ANA", None, document="h1"))
    assert (link.arriving, link.known, link.evidence.kind) == (2, 1, LinkKind.DOCUMENT)
    assert link.evidence.clues == (
        Clue("document", "same"),
        Clue("name", "parts"),
        Clue("birth_date", "not_compared"),
    )


def test_a_married_name_on_the_same_document_is_one_person() -> None:
    """Another surname with the same given name, birth date and document is a change of surname."""
    (link,) = propose([journey(1, document="h1")], journey(2, "MUESTRA", "ANA", document="h1"))
    assert Clue("name", "other") in link.evidence.clues


@pytest.mark.parametrize("kind", ["phone", "email", "card", "frequent_flyer", "address"])
def test_name_and_birth_date_need_one_more_shared_identifier(kind: str) -> None:
    """Namesakes born on one day exist: any one more identifier joins them, none does not."""
    one, other = (
        frozenset({Identifier(IdentifierKind(kind), "h1")}),
        frozenset({Identifier(IdentifierKind(kind), "h2")}),
    )
    known, arriving = replace(journey(1), identifiers=one), journey(2)
    (link,) = propose([known], replace(arriving, identifiers=one))
    assert link.evidence.kind is LinkKind.NAME_BIRTH_IDENTIFIER
    assert propose([known], arriving) == ()
    assert propose([known], replace(arriving, identifiers=other)) == ()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (journey(1, document="h1"), journey(2, "EJEMPLO", "LUZ", "2026-01-05", document="h1")),
        (journey(1, document="h1"), journey(2, "EJEMPLO", "LUZ", None, document="h1")),
        (journey(1, document="h1"), journey(2, birth="1961-07-30", document="h1")),
        (journey(1, phone="h1"), journey(2, "EJEMPLO", "LUZ", phone="h1")),
        (journey(1, "EJEMPLO", "KARLA", phone="h1"), journey(2, "EJEMPLO", "CARLA", phone="h1")),
        (journey(1, phone="h1"), journey(2, birth="1961-07-30", phone="h1")),
        (journey(1, phone="h1"), journey(2, birth=None, phone="h1")),
        (journey(1, birth="1988", phone="h1"), journey(2, birth="1988", phone="h1")),
        (journey(1, None, None, phone="h1"), journey(2, None, None, phone="h1")),
    ],
    ids=[
        "an infant on the parent's document",
        "another name on the document, no birth date",
        "a namesake with clearly another birth date on the document",
        "twins with one telephone",
        "twins of nearly one name with one telephone",
        "namesakes of one household",
        "a birth date missing",
        "only the year of birth",
        "no names",
    ],
)
def test_what_does_not_join(one: JourneyIdentity, two: JourneyIdentity) -> None:
    """A person's history is never mixed with a relative's."""
    assert propose([one], two) == ()
    assert propose([two], one) == ()


def test_a_name_with_parts_missing_that_fits_two_people_joins_none() -> None:
    """`JOSE EJEMPLO` on the household's telephone may be either twin; of one person's journeys all join."""
    twins = [journey(1, "EJEMPLO", "JOSE LUIS", phone="h1"), journey(2, "EJEMPLO", "JOSE RAUL", phone="h1")]
    assert propose(twins, journey(3, "EJEMPLO", "JOSE", phone="h1")) == ()
    once = [journey(number, given_names="JOSE LUIS", person=9, phone="h1") for number in (1, 2)]
    assert [link.known for link in propose(once, journey(3, given_names="JOSE", phone="h1"))] == [1, 2]


def test_documents_come_before_names() -> None:
    """The caller takes the first proposal: the most trusted rule, then the nearest name, then the lowest id."""
    known = [
        journey(1, phone="h1"),
        journey(2, given_names="ANA LUZ", document="h2"),
        journey(3, document="h2"),
        journey(4, "MUESTRA", document="h2"),
    ]
    found = propose(known, journey(9, phone="h1", document="h2"))
    assert [link.known for link in found] == [3, 2, 4, 1]


JOURNEYS = st.builds(
    journey,
    st.integers(0, 9),
    st.sampled_from([None, "EJEMPLO", "EJEMPLO PRUEBA", "MUESTRA"]),
    st.sampled_from([None, "ANA", "ANA LUZ", "LUZ", "A"]),
    st.sampled_from([None, "1988-02-11", "1988-11-02", "1988"]),
    st.sampled_from([None, 1, 2]),
    phone=st.sampled_from(["h1", "h2"]),
    document=st.sampled_from(["h3", "h4", "h5"]),
)


@given(JOURNEYS, JOURNEYS)
def test_a_link_is_symmetric(one: JourneyIdentity, two: JourneyIdentity) -> None:
    """Two journeys are linked, by the same evidence, whichever is asked about first."""
    there = [link.evidence for link in propose([one], two)]
    assert there == [link.evidence for link in propose([two], one)]


@given(st.lists(JOURNEYS, max_size=6, unique_by=lambda item: item.id), JOURNEYS)
def test_the_order_of_known_journeys_does_not_matter(known: list[JourneyIdentity], arriving: JourneyIdentity) -> None:
    """The same journeys give the same proposals in the same order."""
    assert propose(known, arriving) == propose(known[::-1], arriving)
