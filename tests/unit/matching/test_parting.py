"""A word that is several written in one is parted as the list knows it. All people are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ask, entry
from tests.unit.matching.test_vocabulary import vocabulary_of
from torogoz.matching import brute_force, build, match
from torogoz.matching.normalise import MAX_WORDS
from torogoz.matching.parting import (
    GLUED_LETTERS,
    MAX_PARTINGS,
    MOST_GLUED_LETTERS,
    partings_of,
    pieces_put,
)

#: Words that part each other in many ways.
PIECES = st.sampled_from(["ANA", "NAN", "ANAN", "MARIA", "ARIA", "LUZ", "DE", "LA", "LI", "NA", "MAR", "IALU", "MR"])


def test_the_likeliest_parting_comes_first() -> None:
    """Of two ways to read the same letters the one whose words are commoner."""
    common, rare = {"ANA": 50, "MARIA": 90, "LUZ": 40}, {"ANAM": 1, "ARIA": 2}
    found = partings_of("ANAMARIALUZ", vocabulary_of({**common, **rare}, 100_000))
    assert found == (("ANA", "MARIA", "LUZ"), ("ANAM", "ARIA", "LUZ"))


def test_a_word_that_is_likelier_one_unknown_word_is_not_parted() -> None:
    """Three words that nearly nobody bears are no better than letters drawn by chance; two are parted elsewhere."""
    bearers = {"ABA": 1, "ACO": 1, "ADU": 1}
    assert partings_of("ABAACOADU", vocabulary_of(bearers, 10_000_000)) == ()
    assert partings_of("ABAACOADU", vocabulary_of(dict.fromkeys(bearers, 100), 100_000)) == (("ABA", "ACO", "ADU"),)
    assert partings_of("MARIALOPEZ", vocabulary_of({"MARIA": 9, "LOPEZ": 9}, 100_000)) == ()
    assert partings_of("ANAMARIALUZ", vocabulary_of({"ANAMARIALUZ": 1, "ANA": 9, "MARIA": 9, "LUZ": 9}, 100_000)) == ()


def test_particles_and_a_title_may_stand_between_and_behind() -> None:
    """A title is no word of the name."""
    vocabulary = vocabulary_of({"CRUZ": 90, "LOPEZ": 90, "MARIA": 90}, 100_000)
    assert partings_of("MARIADELACRUZMR", vocabulary)[0] in (("MARIA", "DELA", "CRUZ"), ("MARIA", "DE", "LA", "CRUZ"))


@given(st.lists(PIECES, max_size=6), st.lists(PIECES, max_size=14).map("".join))
def test_partings_are_the_letters_of_the_word_in_order_and_few(listed: list[str], word: str) -> None:
    """Whatever the list holds; and what decides it is told for an excerpt."""
    vocabulary = build([entry(names=listed)]).vocabulary
    found = partings_of(word, vocabulary)
    assert len(set(found)) == len(found) <= MAX_PARTINGS
    put = {*pieces_put(word)}
    for words in found:
        assert word.removesuffix("MR") in ("".join(words), "".join(words).removesuffix("MR"))
        assert len(words) <= MAX_WORDS
        assert {each for each in words if each in vocabulary} <= put


def test_hostile_words_cost_little() -> None:
    """Hundreds of letters that can be parted in millions of ways: the longest that is parted takes a moment."""
    vocabulary = vocabulary_of({"A" * length: 1_000 for length in range(2, 21)}, 100_000)
    assert partings_of("A" * (MOST_GLUED_LETTERS + 1), vocabulary) == ()
    assert len(partings_of("A" * MOST_GLUED_LETTERS, vocabulary)) == MAX_PARTINGS
    assert partings_of("B" + "A" * (GLUED_LETTERS - 2), vocabulary) == ()


def test_who_has_left_the_list_parts_no_word() -> None:
    """As if the list had been built without them."""
    people = [entry(f"W-{number}", "MARIA CRUZ LOPEZ") for number in range(9)]
    index = build([*people, entry("W-9", "LUZ MARIA")])
    assert partings_of("LUZMARIACRUZ", index.vocabulary) == (("LUZ", "MARIA", "CRUZ"),)
    assert partings_of("LUZMARIACRUZ", index.with_changes([], ["W-9"]).vocabulary) == ()


def test_a_field_that_would_become_too_many_words_is_not_parted_so() -> None:
    """Six words of three each: a name has twelve."""
    index = build([entry(f"W-{number}", "MARIA CRUZ LOPEZ") for number in range(9)])
    query = ask(" ".join(["MARIACRUZLOPEZ", "CRUZLOPEZMARIA", "LOPEZMARIACRUZ"] * 2), "MARIA")
    assert match(query, index, 0.000001) == brute_force(query, index, 0.000001)
