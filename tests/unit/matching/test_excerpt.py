"""What a list answered can be asked again when the list has gone: same bits, same evidence, same name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, QUERIES, THRESHOLDS, ask, crowd, entry
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, build, match
from torogoz.matching.excerpt import among, excerpt, restore

LISTS = st.lists(ENTRIES, max_size=12, unique_by=lambda each: each.id)


@given(LISTS, st.integers(0, 80), st.lists(QUERIES, min_size=1, max_size=2), THRESHOLDS)
def test_every_match_of_any_list_is_found_again_from_its_excerpt(
    entries: list[Entry], others: int, queries: list[Query], threshold: float
) -> None:
    index = build([*entries, *crowd(others), *crowd(others // 2, "GARCIA")])
    for query in queries:
        for found in match(query, index, threshold):
            kept = excerpt(index, queries, found.entry)
            assert match(query, restore(kept, found.entry), threshold) == (found,)


@pytest.mark.parametrize(
    ("surname", "given_names"),
    [("GARCIALOPEZ", "MARIA"), ("GARCIA LOPEZ", "MA RIA"), ("DELACRUZ", "M"), ("GARSIA LOPES", "MARI"), ("A B C", "D")],
)
def test_names_that_are_parted_or_glued_as_the_list_knows_them_are_so_again(surname: str, given_names: str) -> None:
    listed = entry(names=("MARIA GARCIA LOPEZ CRUZ", "ABC D"))
    index = build([listed, *crowd(500), *crowd(40, "GARCIA"), *crowd(3, "LOPEZ")])
    query = ask(surname, given_names)
    (found,) = [each for each in match(query, index, 0.000001) if each.entry == listed]
    assert match(query, restore(excerpt(index, [query], listed), listed), 0.000001) == (found,)


def test_an_excerpt_that_older_rules_made_still_answers() -> None:
    """Evidence outlives the rules: a spelling that they did not know yet is no reason to fail."""
    listed = entry(names="JÜRGEN GARCÍA MÜLLER")
    query = ask("GARCIA MULLER", "JURGEN")
    kept = excerpt(build([listed, *crowd(60)]), [query], listed)
    older = replace(kept, bearers=tuple(each for each in kept.bearers if each[0] in {"JURGEN", "GARCIA", "MULLER"}))
    assert len(older.bearers) < len(kept.bearers)
    assert match(query, restore(older, listed)) == match(query, restore(kept, listed))


def test_an_excerpt_names_nobody_else_of_the_list() -> None:
    listed = entry()
    index = build([listed, entry("W-2", ("ZOILA QUEZADA",))])
    words = {word for word, _ in excerpt(index, [ask()], listed).bearers}
    assert words == {"MARIA", "GARCIA", "LOPEZ"}


@given(LISTS, st.integers(0, 80), st.data(), QUERIES, THRESHOLDS)
def test_a_list_of_those_to_come_answers_as_the_whole_list_will_with_them_on_it(
    entries: list[Entry], others: int, data: st.DataObject, query: Query, threshold: float
) -> None:
    """In three parts: who stays, who goes, and who comes, some of them in the place of one who goes."""
    parts = data.draw(st.lists(st.sampled_from(["stay", "go", "come"]), min_size=len(entries), max_size=len(entries)))
    part = {name: [each for each, one in zip(entries, parts, strict=True) if one == name] for name in set(parts)}
    stay = [*part.get("stay", []), *crowd(others), *crowd(others // 2, "GARCIA")]
    gone, new = part.get("go", []), part.get("come", [])
    new = [replace(each, id=old.id) for each, old in zip(new, gone, strict=False)] + new[len(gone) :]
    coming = {each.id for each in new}
    # Of the crowd those leave who share an id with one of the other crowd: ids are once on a list.
    stay = list({each.id: each for each in stay}.values())
    whole = build([*stay, *new])
    expected = tuple(found for found in match(query, whole, threshold) if found.entry.id in coming)
    assert match(query, among(build([*stay, *gone]), [entry.id for entry in gone], new), threshold) == expected


def test_a_word_that_nobody_bears_any_more_weighs_as_on_a_list_that_never_had_it() -> None:
    old, new = entry(names="ZOILA QUEZADA", nationality="MEX"), entry(names="ANA QUEZADA")
    stay = [entry("W-2", "LUZ LOPEZ")]
    asked = ask("QUEZADA", "ZOILA", nationality="MEX")
    alone = among(build([*stay, old]), [old.id], [new])
    assert match(asked, alone, 0.000001) == match(asked, build([*stay, new]), 0.000001)
    assert "ZOILA" not in alone.vocabulary
    assert [alone.nation(state).bearers for state in ("SLV", "MEX")] == [2, 0]
