"""Retrieval equals brute force of the same scorer: the promise on which everything else rests.

Three ways to the same matches are held against each other: retrieval; the kernels' scores of every entry; and the
scorer that explains, on every entry.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, QUERIES, THRESHOLDS, ask, crowd, entry
from torogoz.domain.watchlist import Entry
from torogoz.matching import ListIndex, Query, brute_force, build, match, match_all
from torogoz.matching.question import asked_of, prepare
from torogoz.matching.retrieve import least_millibits
from torogoz.matching.retrieve_kernels import find
from torogoz.matching.score import Score, score_entry

LISTS = st.lists(ENTRIES, max_size=12, unique_by=lambda each: each.id)


def explained(query: Query, index: ListIndex) -> dict[int, Score]:
    """The scores of all entries by the scorer that explains."""
    (question,) = prepare([query], index).questions
    scores = {place: score_entry(question, index, 0, place) for place in range(index.layers[0].at_hand)}
    return {place: score for place, score in scores.items() if score}


#: Who is named by one word, by that and another, and twice by it: full names of one another, and none.
ONE_WORD = [entry("W-1", "GARCIA", ""), entry("W-2", "GARCIA GARCIA", ""), entry("W-3", "GARCIA LOPEZ", "")]
ASKED = [
    *(Query(*fields) for fields in (("GARCIA", None), ("GARCIA", "GARCIA"), ("GARCIA GARCIA", None))),
    *(Query("GARCIA", "LOPEZ", whole_name=whole) for whole in (True, False)),
    Query("GARCIA", None, whole_name=False),
]


@given(LISTS, st.integers(0, 40), st.lists(QUERIES, min_size=1, max_size=3), THRESHOLDS)
@example(ONE_WORD, 40, ASKED, 0.99)
def test_kernels_score_as_the_scorer_that_explains(
    entries: list[Entry], others: int, queries: list[Query], threshold: float
) -> None:
    """To the last thousandth of a bit, and the full name too, for everybody without a document that speaks."""
    index, least = build([*entries, *crowd(others)]), least_millibits(threshold)
    with index.blank(0) as blank:
        asked, table = asked_of(prepare(queries, index), index, 0, least, blank)
        rows = find(index.layers[0], asked, index.gone, True, table).tolist()
        assert not blank.any()
    for number, query in enumerate(queries):
        told = {
            place: (score.millibits, score.full_name)
            for place, score in explained(query, index).items()
            if (score.full_name or score.millibits >= least) and not (score.exact or score.near)
        }
        weighed = {place: (score, bool(full)) for asker, place, score, full in rows if asker == number}
        assert {place: weighed.get(place) for place in told} == told
        documented = {place for place in weighed if place not in told}
        assert all(index.layers[0].documented[place] for place in documented)


@given(LISTS, st.lists(QUERIES, min_size=1, max_size=3), THRESHOLDS)
@example(ONE_WORD, ASKED, 0.99)
def test_a_flight_is_answered_as_its_travellers_are_and_as_the_scorer_that_explains_would(
    entries: list[Entry], queries: list[Query], threshold: float
) -> None:
    """One by one, all at once, and by looking at every entry."""
    index, least = build(entries), least_millibits(threshold)
    for query, found in zip(queries, match_all(queries, index, threshold), strict=True):
        assert found == match(query, index, threshold)
        scores = explained(query, index).values()
        reaching = [each for each in scores if each.millibits >= least or each.exact or each.full_name]
        assert {(each.entry.id, each.millibits, each.exact_name) for each in found} == {
            (each.entry.id, each.millibits, each.full_name) for each in reaching
        }


@given(LISTS, st.integers(0, 80), QUERIES, THRESHOLDS)
def test_retrieval_equals_brute_force(entries: list[Entry], others: int, query: Query, threshold: float) -> None:
    """Same entries, same bits, same evidence, same order, for any list, traveller and threshold."""
    index = build([*entries, *crowd(others), *crowd(others // 2, "GARCIA")])
    assert match(query, index, threshold) == brute_force(query, index, threshold)


def test_retrieval_equals_brute_force_where_postings_are_long() -> None:
    """Words that thousands bear are read only where they meet another word, and still nothing is lost."""
    rng = random.Random(3)  # the same list every time
    surnames = ["GARCIA", "LOPEZ", "CRUZ", "RIVAS", "MEJIA", "FLORES", "GARSIA", "LOPES", "CRUS", "MEGIA"]
    given_names = ["MARIA", "JOSE", "ANA", "LUZ", "JUAN", "MARIO", "LUIS", "M"]
    entries = [
        entry(
            f"W-{number}",
            " ".join([rng.choice(given_names), *rng.sample(surnames, rng.choice((1, 2, 2)))]),
            rng.choice(("", "1988", "1988-02", f"198{rng.randrange(10)}-0{rng.randrange(1, 9)}-1{rng.randrange(10)}")),
            rng.choice(("SLV", "GTM", "")),
            rng.choice(("F", "M", None)),
        )
        for number in range(1_500)
    ]
    index = build(entries)
    for number in range(60):
        query = ask(
            " ".join(rng.sample(surnames, rng.choice((1, 2)))),
            rng.choice(given_names),
            rng.choice((None, "1988", "1988-02", "1984-03-14", "1988-02-11")),
            rng.choice(("SLV", None)),
            rng.choice(("F", None)),
        )
        threshold = (0.000001, 0.001, 0.01, 0.5)[number % 4]
        assert match(query, index, threshold) == brute_force(query, index, threshold)


@pytest.mark.parametrize("surname", ["GARCIA", "LOPEZ MARIA", "EJEMPLO"])
def test_retrieval_equals_brute_force_where_many_are_of_one_day(surname: str) -> None:
    """They are read one by one, or by the words where few bear these."""
    many = [replace(each, birth_dates=entry().birth_dates) for each in crowd(120)]
    near = [entry("W-2", "EJEMPLO ANA", "1988"), entry("W-3", "GARSIA EJENPLO MARIO")]
    index = build([entry(), *many, *crowd(30), *near])
    for given_names, born in (("MARIA", "1988-02-11"), ("ANA", "1988-02-12"), ("MARIA", "1988")):
        query = ask(surname, given_names, born)
        for threshold in (0.0001, 0.001, 0.01, 0.1, 0.5, 0.9, 0.99):
            assert match(query, index, threshold) == brute_force(query, index, threshold)


@given(LISTS, QUERIES, THRESHOLDS, st.randoms())
def test_the_order_of_a_list_changes_nothing(
    entries: list[Entry], query: Query, threshold: float, rng: random.Random
) -> None:
    """The same entries in another order give the same matches in the same order."""
    shuffled = list(entries)
    rng.shuffle(shuffled)
    assert match(query, build(entries), threshold) == match(query, build(shuffled), threshold)


@given(LISTS, QUERIES)
def test_evidence_adds_up_to_the_score(entries: list[Entry], query: Query) -> None:
    """Nothing that weighs is left unsaid, and what was not compared weighs nothing."""
    for found in match(query, build(entries), 0.0001):
        assert sum(each.millibits for each in found.evidence) == found.millibits
        assert all(each.millibits == 0 for each in found.evidence if each.stance == "not_compared")


@given(LISTS, QUERIES)
def test_a_document_is_found_on_any_list(entries: list[Entry], query: Query) -> None:
    """Every entry that holds one of the traveller's numbers is among the matches, at any threshold."""
    held = {document.key for document in query.documents if len(document.key) >= 4}
    expected = {each.id for each in entries if held & {document.key for document in each.documents}}
    found = match(query, build(entries), 0.99)
    assert expected <= {each.entry.id for each in found}
    assert {each.entry.id for each in found if each.exact_document} == expected
