"""Noise does what its name says, is recorded, and can be told from what was meant."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.domain.document import Document
from torogoz.domain.traveller import Sex, Traveller, TravellerRole
from torogoz.synth import noise
from torogoz.synth.noise import KINDS, Kind, Noise, garble, swap_day_month, swap_names, typo

ANA = Traveller(
    TravellerRole.PASSENGER,
    "EJEMPLO PRUEBA",
    "ANA SINTETICA",
    sex=Sex.FEMALE,
    birth_date=PartialDate(1988, 2, 9),
    nationality="SLV",
    documents=(Document("A01234567", "P", "SLV", date(2030, 5, 1)),),
    record_locator="X7K2PQ",
    reference="0001",
)
NOBODY = Traveller(TravellerRole.PASSENGER, "SOLA")
words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ ", min_size=1, max_size=30)


@given(words, st.randoms(use_true_random=False))
def test_a_typo_is_one_slip_and_never_in_the_first_letter(word: str, rng: Random) -> None:
    slipped = typo(word, rng)
    assert slipped[0] == word[0]
    assert abs(len(slipped) - len(word)) <= 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_changes_a_whole_traveller_in_something(kind: str) -> None:
    assert KINDS[kind].change(ANA, Random(5)) != ANA


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_lives_with_a_traveller_of_whom_little_is_known(kind: str) -> None:
    changed = KINDS[kind].change(NOBODY, Random(5))
    assert changed.surname
    assert changed.documents == ()


def test_swapped_names_exchange_places() -> None:
    swapped = swap_names(ANA, Random(1))
    assert (swapped.surname, swapped.given_names) == (ANA.given_names, ANA.surname)
    assert swap_names(NOBODY, Random(1)) == NOBODY


@given(st.dates())
def test_day_and_month_are_swapped_where_the_calendar_allows(born: date) -> None:
    assume(born.day != born.month)
    swapped = swap_day_month(Traveller(TravellerRole.PASSENGER, birth_date=PartialDate.of(born)), Random(1))
    expected = DateRelation.SWAPPED if born.day <= 12 else DateRelation.EQUAL
    assert relate_dates(swapped.birth_date, PartialDate.of(born)) is expected


def test_what_was_garbled_is_recorded_with_source_and_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise, "KINDS", {"sex_wrong": Kind(KINDS["sex_wrong"].change, 1.0, 0.0)})
    garbled, records = garble(ANA, "api", Random(1))
    assert garbled.sex is Sex.MALE
    assert records == [Noise("api", "sex_wrong", "X7K2PQ", "0001")]
    assert garble(ANA, "pnr", Random(1)) == (ANA, [])


def test_a_change_that_changes_nothing_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noise, "KINDS", {"names_swapped": Kind(swap_names, 1.0, 1.0)})
    assert garble(NOBODY, "pnr", Random(1)) == (NOBODY, [])
