"""What the weights promise, computed on the weights: whom a wrong fact may cost, and how many namesakes pass."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ask, crowd, entry
from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.matching import DEFAULT_THRESHOLD, build, match, rates
from torogoz.matching.neighbour_kernels import TYPO_LETTERS
from torogoz.matching.rates import Likeness, initial_millibits, name_millibits, word_millibits
from torogoz.matching.retrieve import least_millibits

MILLION = 1_000_000
#: A word that one in so many entries bears: MARIA, GARCIA and LOPEZ where they are common, and a rarer surname.
COMMON, RARER = 25, 400


def total(words: int, bearers: int, *, nationality: bool, sex: bool) -> int:
    """A listed person on a list of a million, asked with all words and the birth date, and what else agrees."""
    name = words * word_millibits(6, (bearers, 0, 0, 0, 0, 0), MILLION)[Likeness.SAME]
    nation = rates.same_nationality_millibits if nationality else rates.other_nationality_millibits
    facts = nation(MILLION // 8, MILLION) + (rates.SEX_SAME if sex else rates.SEX_OTHER)
    return rates.prior_millibits(MILLION) + name + rates.BIRTH_EQUAL + facts


def test_what_manifests_get_wrong_costs_less_than_a_point_of_recall() -> None:
    """Of a hundred, 12 nationalities and 4 sexes are wrong: three common words or two rarer ones bear both at once."""
    least = least_millibits(DEFAULT_THRESHOLD)
    for words, one_in in ((3, COMMON), (2, RARER)):
        lost = 0.0
        for nationality, sex in product((True, False), repeat=2):
            share = (0.88 if nationality else 0.12) * (0.96 if sex else 0.04)
            if total(words, MILLION // one_in, nationality=nationality, sex=sex) < least:
                lost += share
        assert lost < 0.01


@pytest.mark.parametrize("bearers", [0, 1, 1_000, MILLION // 8, MILLION])
def test_another_nationality_costs_two_bits_at_most_and_never_speaks_for_anybody(bearers: int) -> None:
    """Twelve of a hundred are wrong or missing: what more would be taken for them is taken from the listed."""
    assert -2_000 <= rates.other_nationality_millibits(bearers, MILLION) <= 0


def test_a_word_that_nobody_bears_weighs_what_a_quarter_of_a_bearer_would() -> None:
    """A little chance is allowed for: four times as rare as what one entry bears, less that one."""
    none, one = (word_millibits(6, counts(same=same), MILLION)[Likeness.SAME] for same in (0, 1))
    assert none - one == pytest.approx(1000 * log2(1.25 / 0.25), abs=1)


def counts(*, same: int = 0, **others: int) -> tuple[int, ...]:
    """How many entries bear words of each likeness to the asked one."""
    return (same, *(others.get(likeness.name.lower(), 0) for likeness in Likeness if likeness is not Likeness.SAME))


@pytest.mark.parametrize("likeness", [each for each in Likeness if each is not Likeness.SAME])
def test_what_nobody_bears_speaks_for_a_common_word_nearly_as_that_word_does(likeness: Likeness) -> None:
    """GARSIA is GARCIA written otherwise, whoever wrote it; so it is as rare as that, less a bit of doubt."""
    common = MILLION // COMMON
    itself = word_millibits(6, counts(same=common), MILLION)[Likeness.SAME]
    other = word_millibits(6, counts(**{likeness.name.lower(): common}), MILLION)[likeness]
    assert itself - 500 < other <= itself + 200


def test_a_word_that_many_bear_hardly_speaks_for_another() -> None:
    """Who is called HASAN is mostly not HASSAN written otherwise."""
    assert word_millibits(5, counts(same=5_000, typo=5_000), MILLION)[Likeness.TYPO] == rates.LEAST_WORD
    few = word_millibits(5, counts(same=5, typo=5_000), MILLION)[Likeness.TYPO]
    assert rates.LEAST_WORD < few < word_millibits(5, counts(typo=5_000), MILLION)[Likeness.TYPO]


@given(st.integers(1, 60), st.lists(st.integers(0, 10_000), min_size=6, max_size=6), st.integers(1, MILLION))
def test_likelier_ways_of_writing_weigh_no_less_and_nothing_weighs_against(
    letters: int, borne: list[int], size: int
) -> None:
    """Words of four letters and more, from which on slips are looked for; shorter ones but for those."""
    weights = word_millibits(letters, tuple(borne), size)
    likely = weights if letters >= TYPO_LETTERS else weights[:-1]
    assert list(likely) == sorted(likely, reverse=True)
    assert min(weights) >= rates.LEAST_WORD


@given(
    st.integers(1, 40), st.lists(st.integers(0, 10_000), min_size=6, max_size=6), st.integers(0, 5), st.integers(1, 99)
)
def test_the_more_bear_such_words_the_less_each_weighs(letters: int, borne: list[int], which: int, more: int) -> None:
    """Chance adds up over all words that may have been meant."""
    added = tuple(count + more * (place == which) for place, count in enumerate(borne))
    for before, after in zip(
        word_millibits(letters, tuple(borne), MILLION), word_millibits(letters, added, MILLION), strict=True
    ):
        assert after <= before


def test_a_missing_fact_neither_speaks_for_nor_against() -> None:
    """Without nationality and sex the same person stands within the weights that these would have added."""
    index = build([entry(), *crowd(2_000)])
    whole, bare = (match(query, index)[0] for query in (ask(), ask(nationality=None, sex=None)))
    assert whole.millibits - bare.millibits == sum(
        each.millibits for each in whole.evidence if each.field in {"nationality", "sex"}
    )


def passing(first: date, last: date, listed: date) -> dict[DateRelation, float]:
    """Of people born on any day between two, the share whose birth date stands so to a listed one."""
    days = (last - first).days + 1
    shares: dict[DateRelation, float] = {}
    for day in range(days):
        relation = relate_dates(PartialDate.of(first + timedelta(day)), PartialDate.of(listed))
        assert relation is not None
        shares[relation] = shares.get(relation, 0) + 1 / days
    return shares


@pytest.mark.parametrize("listed", [date(1975, 11, 23), date(1984, 3, 4), date(1990, 1, 1), date(2001, 12, 31)])
def test_of_namesakes_with_any_other_birth_date_at_most_two_in_a_hundred_pass(listed: date) -> None:
    """Everybody born in fifty years, and in the ten years about the listed person, as people of one name are."""
    for first, last, most in (
        (date(1955, 1, 1), date(2004, 12, 31), 0.005),
        (date(listed.year - 5, 1, 1), date(listed.year + 5, 12, 31), 0.015),
    ):
        shares = passing(first, last, listed)
        assert 1 - shares[DateRelation.OTHER] - shares[DateRelation.EQUAL] < most


def test_a_birth_date_that_slipped_weighs_what_its_rates_say() -> None:
    """One in fifty clerks get one part wrong; by chance it is what the days of fifty years say, and no more."""
    shares = passing(date(1955, 1, 1), date(2004, 12, 31), date(1984, 3, 4))
    chance = shares[DateRelation.ONE_PART]
    assert 1000 * log2(0.02 / chance) >= rates.BIRTH_ONE_PART
    assert 1000 * log2(0.01 / shares[DateRelation.SWAPPED]) >= rates.BIRTH_SWAPPED
    assert 1000 * log2(1 / shares[DateRelation.EQUAL]) >= rates.BIRTH_EQUAL


COUNTS = st.integers(0, 12)
WEIGHTS = st.integers(0, 200_000)


@given(WEIGHTS, WEIGHTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_name_weighs_more_with_its_words_and_less_with_what_they_lack(
    words: int, more: int, others: int, further: int, single: int, alone: int
) -> None:
    """The calibration rises, never exceeds the words, and falls with others and singles: retrieval relies on it."""
    weight = name_millibits(words, others, single)
    assert weight <= words
    assert weight <= name_millibits(words + more, others, single)
    assert weight >= name_millibits(words, others + further, single + alone)
    assert weight >= name_millibits(words, others, single, further) >= name_millibits(words, others + further, single)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**7))
def test_an_initial_never_speaks_against_and_the_more_the_rarer_it_is(beginning: int, more: int, others: int) -> None:
    """Of a list that tells nothing, one word in ten begins with any letter."""
    words = beginning + more + others
    assert 0 <= initial_millibits(beginning + more, words) <= initial_millibits(beginning, words)
    assert initial_millibits(0, 0) == 2_170


def test_words_that_kin_share_do_not_outweigh_another_one() -> None:
    """Six rare words in common and another given name: a brother, of whom no number of words makes one person."""
    assert name_millibits(60_000, 1, 0) == name_millibits(20_000, 1, 0) < name_millibits(20_000, 0, 1)
    index = build([entry(names="EJEMPLO PRUEBA MUESTRA FICTICIO ANA"), *crowd(2_000)])
    (seen,) = match(ask("EJEMPLO PRUEBA MUESTRA FICTICIO", "LUZ"), index)
    (kin,) = [each for each in seen.evidence if each.code == "name_kin"]
    assert kin.millibits < -20_000
    assert sum(each.millibits for each in seen.evidence) == seen.millibits
