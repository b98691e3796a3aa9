"""Which listed words a word may be, and what that weighs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.unit.matching.people import ask, crowd, entry
from torogoz.domain.hit import ListExcerpt
from torogoz.matching import build, match, match_all, vocabulary
from torogoz.matching.memory import CUT, Memory, Neighbour, Neighbours
from torogoz.matching.neighbour_kernels import MOST_LETTERS, TYPO_LETTERS
from torogoz.matching.normalise import name_words, skeleton, skeletons, without_particles
from torogoz.matching.rates import LEAST_WORD, Likeness
from torogoz.matching.vocabulary import Vocabulary

WORDS = st.text("ABC", min_size=1, max_size=8)


def vocabulary_of(bearers: dict[str, int], size: int) -> Vocabulary:
    """The words of a list of so many entries, of whom so many bear each."""
    return build([], weighed_as=ListExcerpt(size, tuple(bearers.items()), ())).vocabulary


def near(found: Vocabulary, word: str, *, cut: bool = False) -> dict[str, Neighbour]:
    """The listed words that a word may be, and how."""
    neighbours = found.neighbours(word + CUT if cut else word)
    (layer,), (numbers,), (likenesses,) = found.layers, neighbours.numbers, neighbours.likenesses
    assert numbers.tolist() == sorted(set(numbers.tolist()))
    return {
        layer.word(number): neighbours.level(likeness)
        for number, likeness in zip(numbers.tolist(), likenesses.tolist(), strict=True)
    }


@given(st.sets(WORDS, min_size=1, max_size=40), WORDS)
def test_every_listed_word_one_slip_away_is_found_and_no_other(listed: set[str], word: str) -> None:
    """The look-up by halves and transpositions equals comparing with every word of the list."""
    found = near(vocabulary_of(dict.fromkeys(listed, 1), len(listed)), word)
    expected = {
        other
        for other in listed
        if other == word or (min(len(word), len(other)) >= TYPO_LETTERS and OSA.distance(word, other) == 1)
    }
    assert expected <= found.keys()
    assert {other for other, each in found.items() if each.likeness in {Likeness.SAME, Likeness.TYPO}} <= expected


@given(st.dictionaries(WORDS, st.integers(1, 9), min_size=1, max_size=40), WORDS)
def test_a_short_list_that_holds_all_its_words_answers_as_a_long_one(bearers: dict[str, int], word: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "MAX_HELD", 0)
        searched = vocabulary_of(bearers, 400)
    held = vocabulary_of(bearers, 400)
    assert near(held, word, cut=True) == near(searched, word, cut=True)
    for each in (word, *bearers):
        assert (held.numbers(each), each in held) == (searched.numbers(each), each in searched)


def test_a_word_that_only_who_has_gone_bore_is_not_held() -> None:
    gone = build([entry()]).with_changes([], [entry().id]).vocabulary
    assert not any(word in gone for word in name_words(*entry().names))


@pytest.mark.parametrize(
    ("word", "listed"),
    [("RNARIA", "MARIA"), ("HEMANDEZ", "HERNANDEZ"), ("VVILSON", "WILSON"), ("CLIAZ", "DIAZ"), ("IEE", "LEE")],
)
def test_what_a_machine_misread_is_found(word: str, listed: str) -> None:
    """Two letters for one, one for two, and single ones in words of three."""
    assert (found := likeness(word, listed)) is not None
    assert found in {Likeness.HEARD, Likeness.MISREAD}


def test_a_word_that_the_list_knows_was_not_misread() -> None:
    """CARNE and CAME are two names where both are listed."""
    assert near(vocabulary_of({"RNENDOZA": 1, "MENDOZA": 1}, 2), "RNENDOZA").keys() == {"RNENDOZA"}


def likeness(word: str, listed: str, *, cut: bool = False) -> Likeness | None:
    """How near a word is to the only word of a list."""
    found = near(vocabulary_of({listed: 1}, 1), word, cut=cut).get(listed)
    return found.likeness if found else None


@pytest.mark.parametrize(
    ("word", "listed"),
    [
        ("MOHAMED", "MUHAMMAD"),
        ("YUSUF", "YOUSSEF"),
        ("HERNANDES", "ERNANDEZ"),
        ("XIMENEZ", "JIMENES"),
        ("ALEXEI", "ALEKSEY"),
        ("BALENCIA", "VALENZIA"),
        ("KATALINA", "CATHALINA"),
        ("LLANETZ", "YANEZ"),
    ],
)
def test_spellings_that_are_heard_the_same_are_neighbours(word: str, listed: str) -> None:
    """Spanish homophones and common romanisations, beyond a single slip."""
    assert likeness(word, listed) is Likeness.HEARD
    assert likeness(listed, word) is Likeness.HEARD


@pytest.mark.parametrize(
    ("word", "listed"),
    [("GARCIA", "GURUCEAGA"), ("MARIA", "MAURA"), ("ANA", "INA"), ("MARTIN", "MORETONO"), ("MARTIN", "MAAARRRTTTIIIN")],
)
def test_other_names_are_no_neighbours(word: str, listed: str) -> None:
    """Few consonants, many other letters or short words: another name."""
    assert likeness(word, listed) is None


def test_only_the_asked_word_may_be_cut() -> None:
    assert likeness("FERNAN", "FERNANDEZ", cut=True) is Likeness.CUT
    assert likeness("FERNAN", "FERNANDEZ") is None
    assert likeness("FERNANDEZ", "FERNAN", cut=True) is None


def test_a_beginning_finds_however_many_words_have_it() -> None:
    words = {f"FERN{first}{second}": 1 for first in "ABCDEFGHIJKLMNOP" for second in "ABCDEFGHIJKLMNOP"}
    assert near(vocabulary_of(words, 256), "FERN", cut=True).keys() == words.keys()


def test_words_that_are_looked_up_together_are_found_as_each_alone() -> None:
    """Those asked for twice, and those that were asked for before, too."""
    bearers = {"MARIA": 3, "MARIO": 2, "MARIANA": 1, "XIAOMING": 1}
    words = ("MARIA", "RNARIO", "HSIAOMING", "M", "MARIA", *(f"MARIA{letter}" for letter in ascii_uppercase))
    sought = [word + sign for word in words for sign in (CUT, "")]
    together = vocabulary_of(bearers, 10)
    together.neighbours("MARIA" + CUT)
    memory, rows = together.rows(sought)
    for each, row in zip(sought, rows, strict=True):
        word = each.removesuffix(CUT)
        found, alone = Neighbours(memory, row), vocabulary_of(bearers, 10).neighbours(each)
        assert list(map(found.level, Likeness)) == list(map(alone.level, Likeness))
        assert [each.tolist() for each in found.numbers] == [each.tolist() for each in alone.numbers]
        assert memory.letters.arrays[0][slice(*memory.starts.arrays[0][row : row + 2])].tobytes() == word.encode()
        assert (row in memory.single) == (word == "M")
        assert memory.words.arrays[-1][row] == together.numbers(word)[0]


@pytest.mark.parametrize("others", [1, 3])
def test_of_two_memories_that_grow_at_once_the_larger_is_kept(others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks while the memory is lent begins one, and gets the same answers."""
    found, meanwhile = vocabulary_of({"MARIA": 3, "JOSE": 2}, 10), list[Memory]()

    def interrupted(words: list[str]) -> list[str]:
        if not meanwhile:
            meanwhile.append(Memory(1))
            meanwhile[0] = found.rows(["MARIO", "JOSE" + CUT, "MARIU" + CUT][:others])[0]
        return skeletons(words)

    monkeypatch.setattr(vocabulary, "skeletons", interrupted)
    memory, (_, row) = found.rows(["JUAN", "MARIO"])
    (other,) = meanwhile
    assert (memory.size, other.size) == (2, others)
    assert found._memory[0] is max(memory, other, key=lambda each: each.size)
    assert Neighbours(memory, row).get(0, 1) == Neighbours(other, 0).get(0, 1)


def test_threads_that_ask_one_index_at_once_get_the_same_answers() -> None:
    index = build([entry(), *crowd(20)])
    asked = [ask("GARCIA LOPEZ", f"MARIA{first}{second}") for first in "ABCDEFG" for second in "ABCDEFGH"]
    flights = [asked[place : place + 8] for place in range(0, len(asked), 4)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda flight: match_all(flight, index), flights))
    alone = build([entry(), *crowd(20)])
    assert together == [match_all(flight, alone) for flight in flights]


def test_chance_adds_up_in_the_order_of_likeness() -> None:
    """A slip away from a common word says little: it is as likely that common word mistyped."""
    found = near(vocabulary_of({"MARIA": 900, "MARIO": 300, "MARIAL": 1}, 1_000), "MARIA", cut=True)
    assert found["MARIA"].bearers == 900
    assert found["MARIAL"].bearers == 901
    assert found["MARIO"].bearers == 1_000
    assert found["MARIO"].millibits == LEAST_WORD
    rare = near(vocabulary_of({"VICENCIO": 1}, 1_000_000), "ICENCIO")
    assert rare["VICENCIO"].millibits > 10_000


@pytest.mark.parametrize("letters", [MOST_LETTERS, MOST_LETTERS + 1])
def test_a_slip_is_looked_for_in_words_that_somebody_may_have_typed(letters: int) -> None:
    """A word that is longer than names are is found as it stands, and no other way by its letters."""
    word = "AEIO" * 8
    found = vocabulary_of({(word + "U")[:letters]: 1}, 1)
    assert set(near(found, (word + "U")[:letters])) == {(word + "U")[:letters]}
    assert len(near(found, ("X" + word + "U")[:letters])) == 0
    assert len(near(found, ("X" + word[1:] + "U")[:letters])) == (letters <= MOST_LETTERS)


@pytest.mark.parametrize("held", [0, 1])
def test_what_is_remembered_has_a_limit(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream of words that nobody bears does not fill the memory, and the answers stay the same."""
    monkeypatch.setattr(vocabulary, "MAX_HELD", held)
    monkeypatch.setattr(vocabulary, "MAX_REMEMBERED", 3)
    found = vocabulary_of({"MARIA": 1}, 1)
    for word in ("MARIB", "MARIC", "MARID", "MARIG", "MARIP"):
        assert near(found, word)["MARIA"].likeness is Likeness.TYPO
        assert word not in found
        assert not found._memory or found._memory[0].size < 3
    assert len(found._sought) <= 3
    monkeypatch.setattr(vocabulary, "MAX_REMEMBERED", 100)
    monkeypatch.setattr(vocabulary, "MAX_NEIGHBOURS", 1)
    for word in ("MARIA", "MARIO", "MARIU"):
        assert "MARIA" in near(found, word)
        assert not found._memory


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("María de la Cruz López", ("MARIA", "CRUZ", "LOPEZ")),
        ("DE LA CRUZ", ("DE", "LA", "CRUZ")),
        ("AL MASRI AHMED BIN ALI", ("MASRI", "AHMED", "ALI")),
        ("GARCIA ANA MRS", ("GARCIA", "ANA")),
        ("LNU FNU", ()),
        ("O'Brien-Núñez", ("OBRIEN", "NUNEZ")),
    ],
)
def test_names_become_the_words_that_tell_people_apart(text: str, kept: tuple[str, ...]) -> None:
    """Titles and placeholders go; particles go where two words stay."""
    assert without_particles(name_words(text)) == kept


@given(st.text(max_size=30))
def test_any_text_has_words_and_a_skeleton(text: str) -> None:
    """No text crashes; words are upper case letters, and a skeleton is at most twice as long and one sign."""
    for word in name_words(text, None):
        assert word.isascii()
        assert word.isupper()
        assert len(skeleton(word)) <= 2 * len(word) + 1


def test_what_is_remembered_is_bounded_and_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many nationalities are asked for, an index keeps few of them, and answers alike."""
    index = build([entry(), *crowd(20)])
    asked = [ask(nationality=f"X{more}") for more in range(6)]
    found = [match(query, index) for query in asked]
    monkeypatch.setattr("torogoz.matching.index.MAX_NATIONS", 2)
    small = build([entry(), *crowd(20)])
    assert [match(query, small) for query in asked] == found
    assert [small.nation(query.nationality or "").bearers for query in asked] == [0] * 6
