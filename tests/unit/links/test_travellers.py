"""Which travellers of a message are the travellers of the picture. All people are invented."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Sex, Traveller, TravellerRole
from torogoz.links.clues import Clue, LinkKind
from torogoz.links.travellers import MAX_POSTING, Known, assign


def person(
    surname: str | None = "EJEMPLO PRUEBA",
    given: str | None = "ANA SINTETICA",
    birth: str | None = "1988-02-29",
    document: str | None = None,
    *,
    issuer: str | None = "SLV",
    locator: str | None = None,
    reference: str | None = None,
    sex: Sex | None = None,
    infant: bool = False,
) -> Traveller:
    """An invented traveller."""
    return Traveller(
        TravellerRole.PASSENGER,
        surname=surname,
        given_names=given,
        birth_date=PartialDate.parse(birth) if birth else None,
        documents=(Document(document, "P", issuer),) if document else (),
        record_locator=locator,
        reference=reference,
        sex=sex,
        infant=infant,
    )


def joined(known: list[Traveller], arriving: list[Traveller]) -> list[int | None]:
    """The ids (positions in `known`) that the arriving travellers get."""
    people = [Known(place, (traveller,)) for place, traveller in enumerate(known)]
    return [assignment.known_id for assignment in assign(people, arriving)]


ANA = person()

SAME_PERSON = {
    "nothing changed": (ANA, ANA),
    "locator and reference, with the second surname dropped": (
        person(locator="X7K2PQ", reference="0001"),
        person("EJEMPLO", "ANA", None, locator="x7k2pq ", reference="0001"),
    ),
    "locator and reference, and the other side has no name": (
        person(locator="X7K2PQ", reference="1"),
        person(None, None, None, locator="X7K2PQ", reference="1"),
    ),
    "locator and reference, and a married woman's new surname": (
        person("EJEMPLO", "ANA", locator="X7K2PQ", reference="1"),
        person("MUESTRA", "ANA", locator="X7K2PQ", reference="1"),
    ),
    "locator, reference and document, and a birth date corrected wholly": (
        person(document="A01234567", locator="X7K2PQ", reference="1"),
        person(birth="1900-01-01", document="A01234567", locator="X7K2PQ", reference="1"),
    ),
    "the document, and the name cut": (
        person(document="A01234567"),
        person("EJEMPLO PRUE", "ANA SINT", None, "A-0123 4567", issuer=None),
    ),
    "the document, and one digit of the birth year wrong": (
        person(document="A01234567"),
        person(birth="1984-02-29", document="A01234567"),
    ),
    "locator and reference, and a letter lost in a short word": (
        person("EJEMPLO PEÑA", locator="X7K2PQ", reference="1"),
        person("EJEMPLO PNA", birth=None, locator="X7K2PQ", reference="1"),
    ),
    "the document and the birth date, and a short name cut": (
        person("DIAZ HERNANDEZ", "ANA CRISTINA", document="A01234567"),
        person("DIAZ", "ANA CRI", document="A01234567"),
    ),
    "locator and the carrier's unique reference of one name, and two passports with two birth dates": (
        person(document="A01234567", locator="X7K2PQ", reference="0771202C"),
        person(birth="1981-03-17", document="YR3866654", issuer="ITA", locator="X7K2PQ", reference="0771202C"),
    ),
    "surname and given names exchanged": (ANA, person("ANA SINTETICA", "EJEMPLO PRUEBA")),
    "words glued": (ANA, person("EJEMPLOPRUEBA", "ANASINTETICA")),
    "a title glued": (person(given="ANA"), person(given="ANAMRS")),
    "a title glued to words that are glued": (ANA, person("EJEMPLOPRUEBA", "ANASINTETICAMRS")),
    "a title glued, and the middle name dropped": (person("EJEMPLO", "ANA LUZ"), person("EJEMPLO", "ANAMRS")),
    "titles and placeholders apart": (person(given="ANA"), person(given="ANA MRS", surname="LNU EJEMPLO PRUEBA")),
    "the middle name and the second surname dropped": (ANA, person("EJEMPLO", "ANA")),
    "each side lacks what the other has": (person("EJEMPLO PRUEBA", "ANA"), person("EJEMPLO", "ANA SINTETICA")),
    "an initial": (ANA, person("EJEMPLO PRUEBA", "A S")),
    "names cut where fields end": (ANA, person("EJEMPLO PRU", "ANA SINTE")),
    "one letter mistyped": (ANA, person("EJENPLO PRUEBA", "ANA SINTETICA")),
    "a single name against both": (person("SINTETICA", None), person("SINTETICA", "FNU")),
    "accents and the particle glued": (person("De la Peña", "Ána"), person("DELAPENA", "ANA")),
    "day and month exchanged": (person(birth="1988-02-11"), person(birth="1988-11-02")),
    "only the year of birth known": (ANA, person(birth="1988")),
    "no birth date in the booking": (ANA, person(birth=None)),
    "no birth date, and the same booking lacks a surname": (
        person(locator="X7K2PQ"),
        person("EJEMPLO", "ANA", None, locator="X7K2PQ"),
    ),
    "no birth date, and parts missing, but nobody else bears the name": (ANA, person("EJEMPLO", "ANA", None)),
    "two passports of a dual national": (person(document="A01234567"), person(document="X9988776", issuer="ESP")),
}

TWO_PEOPLE = {
    "father and son of one name": (person("EJEMPLO", "JOSE", "1960-05-12"), person("EJEMPLO", "JOSE", "1990-08-30")),
    "father and son of one name, born on one day of the year": (
        person("EJEMPLO", "JOSE", "1960-05-12"),
        person("EJEMPLO", "JOSE", "1990-05-12"),
    ),
    "a father and his namesake, an infant, on the father's document": (
        person("EJEMPLO", "JOSE", "1990-05-12", "A01234567"),
        person("EJEMPLO", "JOSE", "2026-08-30", "A01234567", infant=True),
    ),
    "an infant on the mother's document without a birth date": (
        person(document="A01234567"),
        person("EJEMPLO", "LUZ", None, "A01234567", infant=True),
    ),
    "twins on the mother's document": (
        person("EJEMPLO", "LUZ", "2026-01-05", "A01234567"),
        person("EJEMPLO", "SOL", "2026-01-05", "A01234567"),
    ),
    "an infant with the mother's locator and reference": (
        person(locator="X7K2PQ", reference="1"),
        person("EJEMPLO PRUEBA", "LUZ", "2026-01-05", locator="X7K2PQ", reference="1"),
    ),
    "locator and counter alike, and another name": (
        person("EJEMPLO", "ANA", None, locator="X7K2PQ", reference="1"),
        person("EJEMPLO", "LUIS", None, locator="X7K2PQ", reference="1"),
    ),
    "a document, no birth date, and a short name that may be cut": (
        person("DIAZ", "ANA", document="A01234567"),
        person("DIAZ", "ANABEL", None, document="A01234567"),
    ),
    "twins, brother and sister": (person("EJEMPLO", "MARIO"), person("EJEMPLO", "MARIA")),
    "twins of nearly one name with a passport each": (
        person("EJEMPLO", "KARLA", document="A01234567"),
        person("EJEMPLO", "CARLA", document="A07654321"),
    ),
    "nearly one name and another sex": (
        person("EJEMPLO", "ANDREA", sex=Sex.FEMALE),
        person("EJEMPLO", "ANDREAS", sex=Sex.MALE),
    ),
    "documents and birth dates that contradict, whatever else agrees": (
        person(document="A01234567", locator="X7K2PQ", reference="1"),
        person(birth="1961-07-30", document="A07654321", locator="X7K2PQ", reference="1"),
    ),
    "one name in two bookings without birth dates": (
        person(birth=None, locator="X7K2PQ"),
        person(birth=None, locator="Z9Z9Z9"),
    ),
    "a document of the same number and another issuer, and no birth date": (
        person("EJEMPLO", "ANA", None, "A01234567", issuer="SLV"),
        person("MUESTRA", "LUIS", None, "A01234567", issuer="GTM"),
    ),
    "nothing known of one of them": (ANA, person(None, None, None)),
    "short names are never cut ones": (person("PEREZ", "ANA"), person("PEREZ", "ANABEL")),
}


@pytest.mark.parametrize("case", SAME_PERSON)
def test_one_person_stays_one_row(case: str) -> None:
    """What carriers do to a name, a date and a document does not make a second traveller, whoever came first."""
    one, two = SAME_PERSON[case]
    assert joined([one], [two]) == [0]
    assert joined([two], [one]) == [0]


@pytest.mark.parametrize("case", TWO_PEOPLE)
def test_two_people_stay_two_rows(case: str) -> None:
    """Namesakes, twins and infants are never one row, whoever came first."""
    one, two = TWO_PEOPLE[case]
    assert joined([one], [two]) == [None]
    assert joined([two], [one]) == [None]


def test_a_name_without_birth_date_that_two_people_bear_is_nobodys() -> None:
    """Without a birth date father or son cannot be told, and a weaker rule does not guess a third."""
    father, son = person("EJEMPLO", "JOSE", "1960-05-12"), person("EJEMPLO", "JOSE", "1990-08-30")
    third = person("EJEMPLO MUESTRA", "JOSE", "1975-01-01")
    assert joined([father, son, third], [person("EJEMPLO", "JOSE", None)]) == [None]
    assert joined([father], [person("EJEMPLO", "JOSE", None), person("EJEMPLO", "JOSE", None)]) == [None, None]


def test_who_is_found_by_reference_leaves_the_other_namesake_unambiguous() -> None:
    """Once the father is found by locator and reference, the son is the only one left of that name."""
    father = person("EJEMPLO", "JOSE", "1960-05-12", locator="X7K2PQ", reference="1")
    son = person("EJEMPLO", "JOSE", "1990-08-30")
    arriving = [person("EJEMPLO", "JOSE", None), person("EJEMPLO", "JOSE", None, locator="X7K2PQ", reference="1")]
    assert joined([father, son], arriving) == [1, 0]


def test_the_nearer_name_is_taken_first() -> None:
    """Twins of nearly one name on one document each find themselves, in any order."""
    karla = person("EJEMPLO", "KARLA", "2026-01-05", "A01234567")
    carla = person("EJEMPLO", "CARLA", "2026-01-05", "A01234567")
    assert joined([karla, carla], [carla, karla]) == [1, 0]


def test_every_source_of_a_known_traveller_is_compared() -> None:
    """A locator that only the booking gave and a birth date that only the API gave both count."""
    both = Known(7, (person(document="A01234567"), person("EJEMPLO", "ANA", None, locator="X7K2PQ", reference="2")))
    (found,) = assign([both], [person("EJEMPLO", "ANA", None, locator="X7K2PQ", reference="2")])
    assert found.known_id == 7
    (found,) = assign([both], [person("EJEMPLO", "A", None, "A01234567")])
    assert found.known_id == 7


def test_a_link_keeps_its_evidence_as_codes() -> None:
    """Evidence says which rule and how each field compared, and holds no value of the person."""
    known = Known(3, (person(document="A01234567", sex=Sex.FEMALE, locator="X7K2PQ"),))
    (found,) = assign([known], [person("EJEMPLO", "ANA", None, "A01234567", sex=Sex.MALE, locator="Z9Z9Z9")])
    assert found.evidence is not None
    assert found.evidence.kind is LinkKind.DOCUMENT
    assert found.evidence.clues == (
        Clue("locator", "other"),
        Clue("document", "same"),
        Clue("name", "parts"),
        Clue("birth_date", "not_compared"),
        Clue("sex", "other"),
    )


def test_evidence_against_is_kept_too() -> None:
    """A dual national's other passport stands in the evidence, and so does a name that is not alike."""
    (found,) = assign([Known(0, (person(document="A01234567"),))], [person(document="X9988776", issuer="ESP")])
    assert found.evidence is not None
    assert Clue("document", "other") in found.evidence.clues
    one, two = SAME_PERSON["locator and reference, and a married woman's new surname"]
    (found,) = assign([Known(0, (one,))], [two])
    assert found.evidence is not None
    assert Clue("name", "other") in found.evidence.clues
    assert Clue("reference", "same") in found.evidence.clues
    assert Clue("locator", "same") in found.evidence.clues


def test_a_name_that_a_thousand_bear_costs_nothing() -> None:
    """More people of one name than any flight holds are left apart instead of being compared each with each."""
    crowd = [person(birth="1900-01-01") for _ in range(MAX_POSTING + 1)]
    assert set(joined(crowd, crowd)) == {None}


NAMES = st.sampled_from(["EJEMPLO", "PRUEBA", "ANA", "ANAMRS", "LUZ", "JOSE", "MARIO", "MARIA", "A", "EJENPLO", "MR"])
FIELD = st.none() | st.lists(NAMES, max_size=3).map(" ".join)
PEOPLE = st.builds(
    person,
    FIELD,
    FIELD,
    st.sampled_from([None, "1988-02-11", "1988-11-02", "1988", "1990-08-30", "1988-02-12"]),
    st.sampled_from([None, "A01234567", "A01234568", "B7654321", "-"]),
    locator=st.sampled_from([None, "X7K2PQ", "Z9Z9Z9"]),
    reference=st.sampled_from([None, "1", "2"]),
    sex=st.sampled_from([None, Sex.FEMALE, Sex.MALE, Sex.UNSPECIFIED]),
)


@given(st.lists(PEOPLE, max_size=7), st.lists(PEOPLE, max_size=7), st.randoms())
def test_assignments_are_one_to_one_and_do_not_depend_on_order(
    known: list[Traveller], arriving: list[Traveller], rng: random.Random
) -> None:
    """Every arriving traveller is answered once, no known one is given twice, and known ones may come in any order."""
    people = [Known(place, (traveller,)) for place, traveller in enumerate(known)]
    found = assign(people, arriving)
    assert [assignment.arriving_index for assignment in found] == list(range(len(arriving)))
    given_ids = [assignment.known_id for assignment in found if assignment.known_id is not None]
    assert len(given_ids) == len(set(given_ids))
    assert all((assignment.known_id is None) == (assignment.evidence is None) for assignment in found)
    rng.shuffle(people)
    assert assign(people, arriving) == found


@given(PEOPLE, PEOPLE)
def test_joining_two_is_symmetric(one: Traveller, two: Traveller) -> None:
    """Whether two are one does not depend on whose message came first, and the evidence is the same."""
    (there,) = assign([Known(0, (one,))], [two])
    (back,) = assign([Known(0, (two,))], [one])
    assert there == back


@given(st.lists(PEOPLE, max_size=7), st.lists(PEOPLE, max_size=7))
def test_contradicting_documents_and_birth_dates_never_join(known: list[Traveller], arriving: list[Traveller]) -> None:
    """No rule overrides a passport and a birth date that both say somebody else."""
    for place, known_id in enumerate(joined(known, arriving)):
        if known_id is not None:
            one, two = known[known_id], arriving[place]
            numbers = {one.documents[0].key if one.documents else "", two.documents[0].key if two.documents else ""}
            assert not (
                numbers == {"A01234567", "B7654321"}
                and {one.birth_date, two.birth_date} == {PartialDate(1988, 2, 11), PartialDate(1990, 8, 30)}
            )
