"""Retrieval equals brute force of the same scorer: the promise on which everything else rests."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, QUERIES, THRESHOLDS, ask, crowd, entry
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, brute_force, build, match

LISTS = st.lists(ENTRIES, max_size=12, unique_by=lambda each: each.id)


@settings(max_examples=500, deadline=None)
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


@settings(max_examples=200, deadline=None)
@given(LISTS, QUERIES, THRESHOLDS, st.randoms())
def test_the_order_of_a_list_changes_nothing(
    entries: list[Entry], query: Query, threshold: float, rng: random.Random
) -> None:
    """The same entries in another order give the same matches in the same order."""
    shuffled = list(entries)
    rng.shuffle(shuffled)
    assert match(query, build(entries), threshold) == match(query, build(shuffled), threshold)


@settings(max_examples=200, deadline=None)
@given(LISTS, QUERIES)
def test_evidence_adds_up_to_the_score(entries: list[Entry], query: Query) -> None:
    """Nothing that weighs is left unsaid, and what was not compared weighs nothing."""
    for found in match(query, build(entries), 0.0001):
        assert sum(each.millibits for each in found.evidence) == found.millibits
        assert all(each.millibits == 0 for each in found.evidence if each.stance == "not_compared")


@settings(max_examples=200, deadline=None)
@given(LISTS, QUERIES)
def test_a_document_is_found_on_any_list(entries: list[Entry], query: Query) -> None:
    """Every entry that holds one of the traveller's numbers is among the matches, at any threshold."""
    held = {document.key for document in query.documents if len(document.key) >= 4}
    expected = {each.id for each in entries if held & {document.key for document in each.documents}}
    found = match(query, build(entries), 0.99)
    assert expected <= {each.entry.id for each in found}
    assert {each.entry.id for each in found if each.exact_document} == expected
