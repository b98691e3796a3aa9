"""Service characters are read, never assumed; the release character protects whatever follows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.edifact.strategies import service_characters
from torogoz.edifact.tokens import STANDARD, ServiceCharacters, count


@pytest.mark.parametrize(
    "una",
    [":+.? '", ":*.? $", ":*.? #", ":-.? '", ":(.? )", ":(.) -", ":+.\\ '", ":+.?*'", ":+,? '", ":+.  '"],
)
def test_service_characters_seen_in_the_wild_divide(una: str) -> None:
    found = ServiceCharacters.of(una)
    assert found is not None
    assert (found.component, found.element, found.terminator) == (una[0], una[1], una[5])
    assert found.release == (None if una[3] == " " else una[3])


@pytest.mark.parametrize("una", ["A+.? '", ":+.? +", "::.? '", ":+.?1'", ": .? '", ":+.? B", ":+.'*'"])
def test_letters_digits_and_the_same_character_twice_are_refused(una: str) -> None:
    assert ServiceCharacters.of(una) is None


def test_a_released_release_character_protects_nothing_after_it() -> None:
    segments = STANDARD.shield("A+B??'C+D???'E'").split("'")
    assert [STANDARD.reveal(segment) for segment in segments] == ["A+B?", "C+D?'E", ""]


def test_a_release_character_before_an_ordinary_one_is_a_character() -> None:
    assert STANDARD.reveal(STANDARD.shield("WHY?NOT")) == "WHY?NOT"


def test_a_release_character_with_nothing_behind_it_is_a_character() -> None:
    """Whether there is one of them in a text, or so many that none is looked at alone."""
    for text in ("A" * 1_000 + "?", "?A" * 500 + "?"):
        assert STANDARD.reveal(STANDARD.shield(text)) == text


def test_a_wrap_between_the_release_character_and_what_it_protects_changes_nothing() -> None:
    shielded = STANDARD.shield("O?\n'BRIEN'WHO?\n\n?'")
    assert [STANDARD.reveal(each).replace("\n", "") for each in shielded.split("'")] == ["O'BRIEN", "WHO?", ""]


def test_a_wrap_after_a_released_release_character_is_only_a_wrap() -> None:
    shielded = STANDARD.shield("A??\n'B?\n+C'")
    assert [STANDARD.reveal(each).replace("\n", "") for each in shielded.split("'")] == ["A?", "B+C", ""]


@given(st.text(alphabet="?+:'*A", max_size=12), st.sampled_from([None, "*"]))
def test_what_is_released_is_no_separator_and_comes_back(text: str, repetition: str | None) -> None:
    service = ServiceCharacters(repetition=repetition)
    shielded = service.shield(text)
    place, meant = 0, ""
    while place < len(text):
        released = text[place] == "?" and place + 1 < len(text) and text[place + 1] in service.used
        assert (shielded[place] == text[place]) is not released
        meant += text[place + 1] if released else text[place]
        place += 2 if released else 1
    assert len(shielded) == len(text)
    assert service.reveal(shielded) == meant


def test_nothing_is_released_where_blank_is_the_release_character() -> None:
    without = ServiceCharacters(release=None)
    assert without.shield("A?'B") == "A?'B"
    assert without.usable


@given(service_characters(), st.text(alphabet="ab!\"#'()*+,-.:?\\\n"))
def test_shielding_keeps_every_place(service: ServiceCharacters, text: str) -> None:
    assert len(service.shield(text)) == len(text)


@given(service_characters(), st.text(st.characters(exclude_categories=["Cc"])))
def test_what_is_released_is_revealed_as_it_was(service: ServiceCharacters, text: str) -> None:
    released = "".join(f"{service.release}{sign}" if sign in service.used else sign for sign in text)
    shielded = service.shield(released)
    assert service.terminator not in shielded
    assert service.element not in shielded
    assert service.components(shielded) == [text]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), (" 0152 ", 152), ("", None), ("-1", None), ("1.0", None), ("٣", None), ("²", None), ("9" * 5000, None)],
)
def test_a_count_is_a_whole_number_of_few_digits(text: str, number: int | None) -> None:
    assert count(text) == number
