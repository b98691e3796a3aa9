"""Which left-over words are no other name, and what relatives get all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.unit.matching.people import ask, crowd, entry
from torogoz.matching import Match, brute_force, build, match, rates
from torogoz.matching.akin_kernels import akin
from torogoz.matching.explain import sentence
from torogoz.matching.layer import as_bytes
from torogoz.matching.rates import Akin

WORDS = st.text("ABCH", min_size=1, max_size=9)


def rule(asked: str, listed: str, *, known: bool = False) -> Akin:
    """By which rule two words are akin."""
    return Akin(int(akin(as_bytes(asked), as_bytes(listed), known)))


@pytest.mark.parametrize(
    ("asked", "listed", "expected"),
    [
        ("MI", "MIGUEL", Akin.BEGINNING),
        ("MIG", "MIGUEL", Akin.BEGINNING),
        ("RE", "RENE", Akin.BEGINNING),
        ("RE", "REX", Akin.SLIPS),
        ("MIGUELGERENTE", "MIGUEL", Akin.BEGINNING),
        ("MIEGUL", "MIGUEL", Akin.SLIPS),
        ("FERNADEX", "FERNANDEZ", Akin.SLIPS),
        ("JSE", "JOSE", Akin.SLIPS),
        ("TSCHAIKOWSKI", "CHAYKOVSKY", Akin.CONSONANTS),
        ("CHTCHERBAKOV", "SHCHERBAKOV", Akin.SLIPS),
        ("CHRUSCHTSCHOW", "KHRUSHCHEV", Akin.CONSONANTS),
        ("OIN", "LIN", Akin.SLIPS),
        ("IU", "ZIU", Akin.SLIPS),
        ("ANA", "EVA", Akin.NO),
        ("ANA", "LUZ", Akin.NO),
        ("JUANA", "JULIA", Akin.NO),
        ("LI", "HU", Akin.NO),
        ("M", "MIGUEL", Akin.NO),
        ("SOFIE", "SOPHIE", Akin.NEAR),
        ("VANY", "VANIE", Akin.NEAR),
        ("LUIS", "LUZ", Akin.NO),
    ],
)
def test_two_words_are_akin_by_a_rule_or_not(asked: str, listed: str, expected: Akin) -> None:
    """Beginnings, slips, consonants; short words are not akin by two slips, nor names of two and three letters."""
    assert rule(asked, listed) is expected
    assert rule(listed, asked) is expected


def test_words_that_nobody_types_are_akin_to_none() -> None:
    """Hostile lists hold words of any length: they are not laid side by side."""
    assert rule("MI" * 16, "MI" * 16 + "G") is Akin.NO
    assert rule("MI" * 15, "MI" * 16) is Akin.BEGINNING


@pytest.mark.parametrize(("asked", "listed"), [("MANUEL", "MIGUEL"), ("MARIELA", "MARIANA"), ("LIN", "TIN")])
def test_a_name_that_the_list_knows_is_not_another_one_with_two_slips(asked: str, listed: str) -> None:
    """Brothers and sisters are called so; nobody is called MIEGUL."""
    assert rule(asked, listed, known=True) is Akin.NO
    assert rule(asked, listed, known=False) is Akin.SLIPS


@pytest.mark.parametrize(
    ("asked", "listed"), [("LUO", "LOU"), ("LY", "LI"), ("LU", "LUO"), ("SAN", "XAN"), ("SOFIE", "SOPHIE")]
)
def test_two_names_that_begin_alike_and_are_taken_for_each_other_are_near(asked: str, listed: str) -> None:
    """Whether the list knows the asked one or not: short names are too near each other to be told apart by a letter."""
    assert rule(asked, listed, known=True) is Akin.NEAR
    assert rule(listed, asked, known=True) is Akin.NEAR


@given(WORDS, WORDS)
def test_akin_words_are_those_of_the_rules(one: str, two: str) -> None:
    """What the kernel says of beginnings and slips is what comparing says, and each word is akin to the other."""
    shorter, longer = sorted((one, two), key=len)
    begins = len(shorter) >= 2 and len(longer) >= 4 and longer.startswith(shorter)
    most = 2 if len(shorter) >= 6 else 1 if len(shorter) >= 2 and len(longer) >= 3 else -1
    expected = Akin.BEGINNING if begins else Akin.SLIPS if OSA.distance(one, two) <= most else None
    found = rule(one, two)
    assert found is expected or (expected is None and found in {Akin.NO, Akin.CONSONANTS, Akin.NEAR})
    assert found is rule(two, one)


LISTED = entry(names="JULIO MIGUEL EJEMPLO MUESTRANO", sex="M")
PEOPLE = build([LISTED, *crowd(10_000, "JULIO"), *crowd(10_000, "MANUEL")])


def seen(surname: str, given_names: str) -> Match:
    """What the listed person is found with, on a list of twenty thousand."""
    (found,) = match(ask(surname, given_names, sex="M"), PEOPLE, 0.001)
    assert (found,) == brute_force(ask(surname, given_names, sex="M"), PEOPLE, 0.001)
    assert sum(each.millibits for each in found.evidence) == found.millibits
    return found


@pytest.mark.parametrize(
    ("surname", "given_names"),
    [
        ("EJEMPLO MUESTRANO", "JULIO MI"),
        ("EJEMPLO MU", "JULIO MIGUEL"),
        ("EJEMPLO MUESTRANO", "JULIO MIGUELDR"),
        ("EJEMPLO MUESTRANO", "JULIO RNIGUEL"),
        ("EJEMPLO MUESTRANO", "JULIO MOHUEL"),
        ("EJEMPLO MUESTRANO", "JULIO MIGUEI"),
        ("EJEMPLO MUESTRANO", "JULIO M"),
        ("EJEMPLO MUESTRANO", "JUL MIEGUL"),
    ],
)
def test_a_word_that_was_cut_or_spoilt_takes_nobody_off_the_list(surname: str, given_names: str) -> None:
    """All else agrees: nothing that carriers, scanners and clerks do to one word makes it another person."""
    found = seen(surname, given_names)
    assert found.probability > 0.99
    assert not {"name_other", "name_kin"} & {each.code for each in found.evidence}


WITH_PARTICLES = entry(names="Catia bint Rasem Al-Muestrari", sex="F")
AMONG_THEM = build([WITH_PARTICLES, *crowd(10_000, "CATIA"), *crowd(10_000, "RASEM")])


@pytest.mark.parametrize(
    ("surname", "given_names"),
    [
        ("AL MUESTRARI", "CATIA BI"),
        ("AL MUESTRARI", "CATIA BIN"),
        ("AL MUESTRARI BI", "CATIA"),
        ("AL", "CATIA BINT RASEM"),
        ("AL", "CATIA BINT RASEM BI"),
    ],
)
def test_a_name_that_was_cut_within_a_particle_is_found(surname: str, given_names: str) -> None:
    """What is left of BINT is no name that the list would lack, nor is AL alone a family."""
    asked = ask(surname, given_names, sex="F")
    (found,) = match(asked, AMONG_THEM, 0.001)
    assert (found,) == brute_force(asked, AMONG_THEM, 0.001)
    assert not {"name_other", "name_kin"} & {each.code for each in found.evidence}


def test_what_may_be_left_of_a_particle_is_a_name_where_the_list_has_it() -> None:
    """The name as it was sent is asked too: LO and BI are also called so."""
    listed = entry(names="LO BI EJEMPLO", sex="F")
    (found,) = match(ask("EJEMPLO", "LO BI", sex="F"), build([listed, *crowd(2_000, "LO")]), 0.001)
    assert {"LO", "BI"} <= {value for each in found.evidence for _, value in each.values}


@pytest.mark.parametrize("given_names", ["JULIO LUZ", "JULIO ANA", "JULIO MANUEL", "JULIO C"])
def test_a_twin_of_another_name_stays_capped(given_names: str) -> None:
    """The same surnames and birth date, another given name that the list knows: what they share weighs ten bits."""
    found = seen("EJEMPLO MUESTRANO", given_names)
    assert {"name_other", "name_kin"} <= {each.code for each in found.evidence}
    assert found.probability < 0.5


def test_a_card_tells_akin_words_and_by_which_rule() -> None:
    """In both languages, with what it weighs."""
    for given_names, code, told in (
        ("JULIO MI", "name_akin_beginning", "MI and MIGUEL: one is the beginning of the other; near, not counted as"),
        ("JULIO MOHUEL", "name_akin_slips", "MOHUEL and MIGUEL: two slips apart at most; near, not counted as"),
    ):
        (piece,) = [each for each in seen("EJEMPLO MUESTRANO", given_names).evidence if each.code == code]
        assert piece.millibits == rates.AKIN_WORD
        assert sentence(piece, "en") == told + " another name"
        assert "no cuenta como otro nombre" in sentence(piece, "es")


def test_who_is_called_nearly_so_is_told_as_near_though_the_list_has_both_names() -> None:
    """LAN and LIN are two names, and one letter apart: with the rest the same, somebody to look at."""
    index = build([entry(names="FUNYOU LIN"), *crowd(2_000, "LAN")])
    query = ask("LAN", "FUNYOU")
    (found,) = match(query, index, 0.1)
    assert (found,) == brute_force(query, index, 0.1)
    assert [sentence(each, "en") for each in found.evidence if each.code == "name_akin_near"] == [
        "LAN and LIN: names that are taken for each other; near, not counted as another name"
    ]
    assert not {"name_other", "name_kin"} & {each.code for each in found.evidence}


def test_an_asked_initial_weighs_by_how_many_words_begin_so_and_a_listed_one_nothing() -> None:
    """A rare letter says more than a common one; of a listed initial the whole name mostly stands beside it."""

    def weight(given: str, name: str) -> int:
        people = build([entry(names=name), *crowd(5_000)])
        (found,) = (each for each in match(ask(given=given), people)[0].evidence if "initial" in each.code)
        return found.millibits

    assert 2 * weight("M", "MARIA GARCIA LOPEZ") < weight("Z", "ZOILA GARCIA LOPEZ")
    assert weight("MARIA", "M GARCIA LOPEZ") == 0
