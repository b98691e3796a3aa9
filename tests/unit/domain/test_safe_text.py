"""What an officer is told says what to do, and nothing of why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torogoz.domain.hit import Action
from torogoz.domain.safe_text import LONGEST_TEXT, TEXTS, betrayals


@pytest.mark.parametrize("action", TEXTS)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_draft_is_short_in_both_languages_and_betrays_nothing(action: Action, language: str) -> None:
    text = TEXTS[action][language]
    assert betrayals(text, ("Buscados ficticios", "B2", "W-17")) == ()
    assert 0 < len(text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "text",
    ["Está en una lista.", "Posible SOSPECHOSO", "He is wanted", "There was a hit", "víctima de trata", "captúrelo"],
)
def test_a_word_that_betrays_that_somebody_is_looked_for_is_found(text: str) -> None:
    assert betrayals(text, ())


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Entry w-17, please.", "W-17"),
        ("Grade B2.", "b2"),
        ("As the búsqueda especial says", "Búsqueda Especial"),
    ],
)
def test_a_secret_is_found_however_it_is_written(text: str, secret: str) -> None:
    assert betrayals(text, (secret,)) == (secret,)


def test_a_secret_inside_a_longer_word_is_none() -> None:
    assert betrayals("Take them to B21.", ("B2", "", " ")) == ()


@given(st.text(), st.text(), st.text(min_size=1).filter(lambda text: any(sign.isalnum() for sign in text)))
def test_no_text_around_a_secret_hides_it(before: str, after: str, secret: str) -> None:
    assert secret in betrayals(f"{before} {secret} {after}", (secret,))
