"""Names that are one name, by table."""

from __future__ import annotations

import pytest

from tests.unit.matching.people import ask, crowd, entry
from torogoz.matching import build, match
from torogoz.matching.arabic import READINGS
from torogoz.matching.rates import Likeness
from torogoz.matching.variants import GROUPS, variants_of
from torogoz.matching.vocabulary import Vocabulary

GROUPED = [line.split() for table in GROUPS.values() for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("PEPE", "JOSE"),
        ("CHEPE", "JOSE"),
        ("PACO", "FRANCISCO"),
        ("LUPE", "GUADALUPE"),
        ("MA", "MARIA"),
        ("JS", "JOSE"),
        ("HDEZ", "HERNANDEZ"),
        ("BILL", "WILLIAM"),
        ("SASHA", "ALEKSANDR"),
        ("SASHA", "ALEKSANDRA"),
        ("JOSE", "GIUSEPPE"),
        ("JUAN", "JOHN"),
        ("IBRAHIM", "ABRAHAM"),
        ("ABDUL", "ABD"),
        ("GAMAL", "JAMAL"),
        ("WONG", "HUANG"),
    ],
)
def test_forms_of_one_name_are_variants_both_ways(short: str, full: str) -> None:
    assert full in variants_of(short)
    assert short in variants_of(full)


@pytest.mark.parametrize(("one", "two"), [("SASHA", "ALEX"), ("ALEKSANDR", "ALEKSANDRA"), ("PEPE", "PACO")])
def test_a_name_of_two_groups_does_not_join_them(one: str, two: str) -> None:
    assert two not in variants_of(one)


def test_a_word_that_is_in_no_group_has_no_variant() -> None:
    assert variants_of("EJEMPLO") == ()
    assert variants_of("") == ()


def test_the_table_is_of_names_in_capital_letters_and_says_where_it_can_be_checked() -> None:
    """No group of one, no name twice in a group, and nothing that normalising would change."""
    assert all(len(source) > 20 for source in GROUPS)
    for group in (*GROUPED, *READINGS.values()):
        assert all(word.isascii() and word.isalpha() and word.isupper() for word in group)
        assert len(set(group)) == len(group)
    assert min(map(len, GROUPED)) > 1


def test_no_name_has_more_variants_than_a_look_up_can_bear() -> None:
    assert max(len(variants_of(word)) for group in GROUPED for word in group) <= 30


def test_a_variant_weighs_less_than_the_name_and_never_hides_something_nearer() -> None:
    near = Vocabulary.of({"JOSE": 3, "PEPA": 1, "JOSEPH": 1}, 10_000)
    found = {near.words[number]: each for number, each in near.neighbours("PEPE", last=False).items()}
    assert {word: each.likeness for word, each in found.items()} == {
        "PEPA": Likeness.TYPO,
        "JOSE": Likeness.VARIANT,
    }
    (same,) = [each for each in near.neighbours("JOSE", last=False).values() if each.likeness is Likeness.SAME]
    assert found["JOSE"].millibits < same.millibits


def test_a_diminutive_in_a_booking_finds_the_listed_name_and_says_so() -> None:
    """The evidence names the rule, so that an analyst sees what was taken for what."""
    index = build([entry(names="JOSE EJEMPLO PRUEBA", sex="M"), *crowd(60)])
    (found,) = match(ask("EJEMPLO PRUEBA", "CHEPE", sex="M"), index, 0.5)
    assert ("name_variant", "CHEPE", "JOSE") in {
        (each.code, dict(each.values).get("asked"), dict(each.values).get("listed")) for each in found.evidence
    }
