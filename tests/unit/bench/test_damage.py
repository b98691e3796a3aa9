"""Every class of damage changes what it says and nothing else, in nobody more than it may, the same for one seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from torogoz.bench.watchlist import romanise, slips
from torogoz.bench.watchlist.damage import CLASSES, LENGTHS, TITLES, damaged, misdeclared, query_of
from torogoz.bench.watchlist.travellers import strangers
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.name import fold
from torogoz.matching import Query
from torogoz.synth.nation.customs import Named
from torogoz.synth.nation.people import Compatriot, nation

PEOPLE = tuple(islice(nation(7, "damage"), 400))
RARE = {"second surname dropped", "second given name dropped", "heavy transliteration", "day and month exchanged"}
#: Classes that exchange, part or join words, and lose or add no letter.
SAME_LETTERS = ("exact", "order", "fields exchanged", "split or glued", "day and month exchanged", "birth date missing")
ABOUT_BIRTH_DATES = ("day and month exchanged", "birth date missing")

people = st.sampled_from(PEOPLE)
seeds = st.integers(0, 2**32)


def invented(surnames: tuple[str, ...], given_names: tuple[str, ...], group: str = "es") -> Compatriot:
    """Somebody of these names."""
    born = PartialDate(1988, 2, 11)
    return Compatriot(group, Named(surnames, given_names), "F", born, "SLV", Document("A1", "P", "SLV"))


ANA = invented(("Ejemplo", "Núñez"), ("Ana", "María"))


def name(query: Query) -> str:
    """Both fields as one text."""
    return f"{query.surname or ''}/{query.given_names or ''}"


def letters(query: Query) -> Counter[str]:
    """The letters of both fields."""
    return Counter(name(query).replace("/", "").replace(" ", ""))


def written(person: Compatriot, damage: str, times: int = 60) -> set[str]:
    """All names that come of a damage."""
    found = (damaged(person, damage, Random(seed)) for seed in range(times))
    return {name(query) for query in found if query is not None}


@given(person=people, damage=st.sampled_from(tuple(CLASSES)), seed=seeds)
def test_a_damage_changes_only_what_it_is_about(person: Compatriot, damage: str, seed: int) -> None:
    clean, query = query_of(person), damaged(person, damage, Random(seed))
    if query is None:
        assert damage != "exact"
        return
    assert (query == clean) == (damage == "exact")
    assert (query.nationality, query.sex, query.documents) == (clean.nationality, clean.sex, ())
    if damage != "combined":
        assert (query.birth_date == clean.birth_date) == (damage not in ABOUT_BIRTH_DATES)
        assert (name(query) != name(clean)) == (damage not in {"exact", *ABOUT_BIRTH_DATES})
    if damage in SAME_LETTERS:
        assert letters(query) == letters(clean)
    assert name(query) == "/".join(map(fold, name(query).split("/")))


@given(person=people, damage=st.sampled_from(tuple(CLASSES)), seed=seeds)
def test_the_same_seed_damages_the_same(person: Compatriot, damage: str, seed: int) -> None:
    assert damaged(person, damage, Random(seed)) == damaged(person, damage, Random(seed))


@given(person=people, seed=seeds)
def test_losses_only_lose(person: Compatriot, seed: int) -> None:
    clean = query_of(person)
    for damage in ("truncated", "initials", "second surname dropped", "second given name dropped"):
        query = damaged(person, damage, Random(seed))
        if query is not None:
            assert letters(query) < letters(clean)
            assert query.surname
            assert query.given_names


@given(person=people, seed=seeds)
def test_slips_are_bounded(person: Compatriot, seed: int) -> None:
    clean = name(query_of(person))
    for damage, most in (("one typo", 1), ("two typos", 2)):
        query = damaged(person, damage, Random(seed))
        if query is not None:
            assert 1 <= DamerauLevenshtein.distance(clean, name(query)) <= most
            assert [len(part.split()) for part in name(query).split("/")] == [
                len(part.split()) for part in clean.split("/")
            ]
    misread = damaged(person, "misread letter", Random(seed))
    # A letter may be taken for two, and two such may happen.
    assert misread is None or 1 <= DamerauLevenshtein.distance(clean, name(misread)) <= 4
    heavy = damaged(person, "heavy transliteration", Random(seed))
    assert heavy is None or (
        person.group in {"ar", "ru", "zh"} and DamerauLevenshtein.distance(clean, name(heavy)) >= 2
    )
    light = damaged(person, "light transliteration", Random(seed))
    assert light is None or (person.group != "en" and DamerauLevenshtein.distance(clean, name(light)) <= 3)


@given(person=people, seed=seeds)
def test_a_name_is_cut_at_a_length_that_systems_have(person: Compatriot, seed: int) -> None:
    clean, query = query_of(person), damaged(person, "truncated", Random(seed))
    if query is None:
        return
    assert query.surname is not None
    assert query.given_names is not None
    assert (clean.surname or "").startswith(query.surname)
    assert (clean.given_names or "").startswith(query.given_names)
    assert len(name(query)) <= max(LENGTHS) + 1


@pytest.mark.parametrize("damage", CLASSES)
def test_every_class_occurs(damage: str) -> None:
    rng = Random(3)
    found = sum(damaged(person, damage, rng) is not None for person in PEOPLE)
    assert found / len(PEOPLE) > (0.2 if damage in RARE else 0.5)


def test_damages_are_those_that_they_are_named_for() -> None:
    assert written(ANA, "exact") == {"EJEMPLO NUNEZ/ANA MARIA"}
    assert written(ANA, "order") == {
        "ANA MARIA EJEMPLO NUNEZ/",
        "NUNEZ EJEMPLO/ANA MARIA",
        "EJEMPLO NUNEZ/MARIA ANA",
    }
    assert written(ANA, "fields exchanged") == {"ANA MARIA/EJEMPLO NUNEZ"}
    assert written(ANA, "second surname dropped") == {"EJEMPLO/ANA MARIA"}
    assert written(ANA, "second given name dropped") == {"EJEMPLO NUNEZ/ANA"}
    assert written(ANA, "initials") == {"EJEMPLO NUNEZ/ANA M", "EJEMPLO NUNEZ/A MARIA", "EJEMPLO NUNEZ/A M"}
    assert written(ANA, "truncated") == {"EJEMPLO NUNEZ/ANA MA", "EJEMPLO NU/ANA MARIA"}
    split = written(ANA, "split or glued")
    assert {
        "EJEMPLONUNEZ/ANA MARIA",
        "EJEMPLO/ANA MARIA NUNEZ",
        "EJEMPLO NUNEZ MARIA/ANA",
        "EJE MPLO NUNEZ/ANA MARIA",
    } <= (split)
    assert written(ANA, "title") == {
        *(f"EJEMPLO NUNEZ/ANA MARIA{title}" for title in TITLES["F"]),
        *(f"EJEMPLO NUNEZ/ANA MARIA {title}" for title in TITLES["F"]),
    }
    swapped = damaged(ANA, "day and month exchanged", Random(1))
    assert swapped is not None
    assert swapped.birth_date == PartialDate(1988, 11, 2)
    undated = damaged(ANA, "birth date missing", Random(1))
    assert undated is not None
    assert undated.birth_date is None


def test_nobody_is_damaged_where_there_is_nothing_to_damage() -> None:
    lone = replace(invented(("Roe",), (), "en"), born=PartialDate(1988, 2, 20))
    nothing = set(CLASSES) - {
        "exact",
        "fields exchanged",
        "one typo",
        "two typos",
        "misread letter",
        "birth date missing",
    }
    for damage in nothing - {"combined"}:
        assert not written(lone, damage)
    assert damaged(replace(lone, named=Named(("X",), ())), "combined", Random(1)) is None
    assert all(
        damaged(replace(lone, named=Named((), ())), damage, Random(1)) is None for damage in ("one typo", "title")
    )


def test_a_combination_is_two_damages_at_once() -> None:
    found = [query for seed in range(1_500) if (query := damaged(ANA, "combined", Random(seed))) is not None]
    assert {"ANA/EJEMPLO NUNEZ", "EJEMPLO/ANA M"} <= set(map(name, found))
    undated = [query for query in found if query.birth_date is None]
    assert undated
    assert all(name(query) != name(query_of(ANA)) for query in undated)


def test_habits_and_systems_are_those_of_the_language() -> None:
    assert {"EJEMPLO NUNNEZ/ANA MARIA", "EJEMPLO NUNXXEZ/ANA MARIA"} <= written(ANA, "light transliteration", 400)
    said = invented(("Al-Mukhtar",), ("Said",), "ar")
    assert {"EL MUKHTAR/SAID", "AL MOUKHTAR/SAID", "AL MUHTAR/SAID"} <= written(said, "light transliteration", 400)
    assert {"EL MOUKHTAR/SAID", "AL MUCHTAR/SAID", "ALMOOKHTAR/SAYD"} & written(said, "heavy transliteration")
    chekhov = invented(("Shukhov",), ("Yuriy",), "ru")
    assert {"CHOUKHOFF/IOURI", "SCHUCHOW/JURIJ", "SZUCHOW/JURIJ", "SUHOV/JURIJ", "SHUKHOV/IURII"} == written(
        chekhov, "heavy transliteration"
    )
    guo = invented(("Guo",), ("Xiaozhou",), "zh")
    assert written(guo, "heavy transliteration") == {
        f"{family}/HSIAO{joint}CHOU" for family in ("KO", "KWOK") for joint in ("", " ")
    }
    assert romanise.syllables("XIANGRONG") == ["XIANG", "RONG"]
    assert romanise.syllables("O'BRIEN") == ["O'BRIEN"]
    assert romanise.lightly("Smith", "en", Random(1)) is None
    assert romanise.system("es", Random(1)) is None


def test_slips_are_those_of_fingers_and_of_reading_machines() -> None:
    assert set(slips.NEIGHBOURS["G"]) == set("FHTYVB")
    assert all(key in slips.NEIGHBOURS[other] for key, near in slips.NEIGHBOURS.items() for other in near)
    found = Counter(slips.typo("ANA", Random(seed)) for seed in range(3_000))
    # By kind: a neighbour 40, a letter left out 25, two exchanged 20, one doubled 15 of 100.
    assert sum(count for text, count in found.items() if len(text or "") == 4) / 3_000 == pytest.approx(0.15, abs=0.04)
    assert sum(count for text, count in found.items() if len(text or "") == 2) / 3_000 == pytest.approx(0.25, abs=0.05)
    assert (found["NAA"] + found["AAN"]) / 3_000 == pytest.approx(0.2, abs=0.07)
    # A lone letter is neither left out nor exchanged.
    assert {len(slips.typo("A", Random(seed)) or "") for seed in range(200)} == {1, 2}
    assert slips.typo("/ ", Random(1)) is None
    assert {slips.misread("MOW", Random(seed)) for seed in range(300)} == {
        "NOW", "RNOW", "MQW", "MDW", "MCW", "MOVV",
    }  # fmt: skip
    assert slips.misread("AAA", Random(1)) is None


def test_manifests_get_twelve_nationalities_and_four_sexes_in_a_hundred_wrong() -> None:
    rng, clean = Random(2), list(islice(strangers(2), 6_000))
    found = [misdeclared(query, rng) for query in clean]
    wrong = [two.nationality for one, two in zip(clean, found, strict=True) if one.nationality != two.nationality]
    other = [two.sex for one, two in zip(clean, found, strict=True) if one.sex != two.sex]
    assert len(wrong) / len(clean) == pytest.approx(0.12, abs=0.015)
    assert len(other) / len(clean) == pytest.approx(0.04, abs=0.01)
    assert wrong.count(None) / len(wrong) == pytest.approx(0.5, abs=0.07)
    assert other.count(None) / len(other) == pytest.approx(0.5, abs=0.12)
    assert [replace(query, nationality=None, sex=None) for query in found] == [
        replace(query, nationality=None, sex=None) for query in clean
    ]
