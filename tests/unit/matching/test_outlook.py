"""What follows from a match's evidence: letters side by side, how good chance would be, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, QUERIES, ask, crowd, entry
from torogoz.domain.document import Document
from torogoz.domain.hit import Evidence, Stance
from torogoz.domain.watchlist import Entry
from torogoz.matching import ListIndex, Match, Query, build, match
from torogoz.matching.explain import sentence
from torogoz.matching.letters import Part, letters, parts
from torogoz.matching.outlook import Chance, chance, changes

LEAST = 0.000_001
LISTED = build([entry(document="A01234567"), *crowd(3_000)])
RULE = (Evidence("payment.cash", Stance.FOR, 0, "rule.condition"),)


def again(query: Query, index: ListIndex, key: str) -> Match | None:
    """The same entry, asked otherwise."""
    return next((each for each in match(query, index, LEAST) if each.entry.id == key), None)


def otherwise(query: Query, entry: Entry) -> dict[str, Query]:
    """The query that each change speaks of; the same birth date only where the entry has a whole one."""
    asked = {
        "if_birth_date_unknown": replace(query, birth_date=None),
        "if_nationality_unknown": replace(query, nationality=None),
        "if_sex_unknown": replace(query, sex=None),
        "if_document_unknown": replace(query, documents=()),
    }
    for born in entry.birth_dates:
        if born.is_full:
            asked["if_birth_date_equal"] = replace(query, birth_date=born)
    for document in entry.documents:
        if len(document.key) >= 4:
            asked["if_document_same"] = replace(query, documents=(document,))
    return asked


@given(st.lists(ENTRIES, min_size=1, max_size=6, unique_by=lambda each: each.id), QUERIES)
def test_what_would_change_a_result_is_what_the_scorer_says_when_it_is_asked(
    entries: list[Entry], query: Query
) -> None:
    """Each change that can be asked gives the told score; what lies below every probability is no match again."""
    index = build([*entries, *crowd(20)])
    for found in match(query, index, LEAST):
        asked = otherwise(query, found.entry)
        for change in changes(found.evidence):
            if change.code in asked and change.millibits > -19_000:
                seen = again(asked[change.code], index, found.entry.id)
                assert seen is not None
                assert (seen.millibits, seen.probability) == (change.millibits, change.probability)


def test_the_changes_that_can_decide_are_told() -> None:
    """Facts that agree can be taken away, and those that disagree or are missing could agree."""
    (same,) = match(ask(document="A01234567"), LISTED)
    told = {change.code for change in changes(same.evidence)}
    facts = ("birth_date", "nationality", "sex", "document")
    assert told == {f"if_{fact}_unknown" for fact in facts}
    (other,) = match(ask(born="1988-11-02", document="B7654321"), LISTED)
    assert {change.code for change in changes(other.evidence)} == told - {"if_document_unknown"} | {
        "if_birth_date_equal",
        "if_document_same",
    }


def test_nothing_is_said_of_a_document_that_alone_speaks_for_somebody() -> None:
    """Without it there would be no match, which is no probability."""
    (seen,) = match(ask("MUESTRA", "LUIS", "1961-07-30", document="A01234567"), LISTED)
    assert "if_document_unknown" not in {change.code for change in changes(seen.evidence)}


def test_a_rule_has_no_weights_and_so_nothing_to_follow_from_them() -> None:
    assert chance(RULE) is None
    assert changes(RULE) == ()


def test_chance_is_told_as_others_on_the_list_or_as_travellers() -> None:
    """The more evidence, the rarer; never more than the list has."""
    told = [
        sentence(by_chance, "en")
        for by_chance in (Chance(12.2), Chance(0.0035), Chance(0.000_001), Chance(0.000_000_9))
    ]
    assert told == [
        "by chance, by these weights, up to 13 on this list would look as good to any one traveller",
        "by chance, by these weights, at most 1 in 285 travellers would look as good to anybody listed",
        "by chance, by these weights, at most 1 in 1000000 travellers would look as good to anybody listed",
        "by chance, by these weights, less than 1 traveller in a million would look as good to anybody listed",
    ]
    (strong,), weak = match(ask(), LISTED), match(ask("GARCIA", None, None, None, None), LISTED, LEAST)
    some, few = chance(weak[0].evidence), chance(strong.evidence)
    assert some
    assert few
    assert few.entries < some.entries <= 3_001


@given(st.lists(ENTRIES, min_size=1, max_size=8, unique_by=lambda each: each.id), QUERIES)
def test_chance_follows_from_the_odds(entries: list[Entry], query: Query) -> None:
    """A match that is one bit better is half as frequent, and none is expected more often than the list is long."""
    for found in match(query, build([*entries, *crowd(5)]), LEAST):
        by_chance = chance(found.evidence)
        assert by_chance
        assert 0 < by_chance.entries <= len(entries) + 5
        better = (replace(found.evidence[0], millibits=found.evidence[0].millibits + 1_000), *found.evidence[1:])
        half = chance(better)
        assert half
        assert half.entries == pytest.approx(by_chance.entries / 2) or by_chance.entries == len(entries) + 5


WORDS = st.text("ABGLOSZ", max_size=8)


@given(WORDS, WORDS)
def test_parts_put_together_are_the_words(asked: str, listed: str) -> None:
    """Nothing is left out, what is the same is the same, and no two parts that differ stand beside each other."""
    found = parts(asked, listed)
    assert "".join(part.asked for part in found) == asked
    assert "".join(part.listed for part in found) == listed
    assert all(one.same != two.same for one, two in pairwise(found))


def test_letters_are_laid_side_by_side_for_words_that_were_taken_for_one() -> None:
    """A sound and a cut show what differs; what is the same, an initial and another word show nothing."""
    (seen,) = match(ask("GARZIA LOPE", "M ELENA"), build([entry(names="MARIA GARCIA LOPEZ")]), LEAST)
    shown = {piece.code: letters(piece) for piece in seen.evidence if letters(piece)}
    assert shown == {
        "name_cut": (Part("LOPE", "LOPE"), Part("", "Z")),
        "name_heard": (Part("GAR", "GAR"), Part("Z", "C"), Part("IA", "IA")),
    }
    (cut,) = match(ask("FERNAN", "LUIS"), build([entry(names="LUZ FERNANDEZ")]), LEAST)
    assert [letters(piece) for piece in cut.evidence if piece.field == "name"] == [
        (Part("FERNAN", "FERNAN"), Part("", "DEZ")),
        (),
    ]


def test_a_document_without_a_key_changes_nothing() -> None:
    """What was not compared could agree."""
    (seen,) = match(ask(document="-"), build([Entry("D-1", ("MARIA GARCIA LOPEZ",), documents=(Document("B1"),))]))
    assert "if_document_same" in {change.code for change in changes(seen.evidence)}
