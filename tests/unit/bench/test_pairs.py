"""A threshold is chosen on one part of the pairs and judged on the other, which stays the other for ever."""

from __future__ import annotations

import pytest

from torogoz.bench.watchlist.aliases import chosen, jaro_winkler_places, listed, our_places, shares
from torogoz.bench.watchlist.pairs import NOT_FOUND, background, best_threshold, judged, our_scores, peer_scores
from torogoz.bench.watchlist.public_names import Aliases, Pair, is_fit


def test_the_split_is_by_the_row_alone_and_never_moves() -> None:
    lines = [f"g,Person,Name {number},Ejemplo,true,STRONG,," for number in range(8)]
    assert [is_fit(line) for line in lines] == [True, True, True, False, True, False, True, True]
    share = sum(is_fit(f"g,{number}") for number in range(2_000)) / 2_000
    assert share == pytest.approx(0.5, abs=0.04)


def test_the_threshold_is_the_best_of_the_fit_part_half_way_down() -> None:
    assert best_threshold([(0.9, True), (0.8, True), (0.4, False)]) == pytest.approx(0.6)
    assert best_threshold([(0.9, False), (0.8, True)]) == pytest.approx(0.8)
    assert best_threshold([(NOT_FOUND, True)]) == NOT_FOUND


def test_the_part_that_is_judged_has_no_say_in_the_threshold() -> None:
    fit = [Pair("a", "b", same=True, fit=True), Pair("a", "c", same=False, fit=True)]
    held = [Pair("d", "e", same=True, fit=False), Pair("d", "f", same=False, fit=False)]
    one = judged([*fit, *held], [0.9, 0.5, 0.8, 0.1])
    assert one.threshold == judged([*fit, *held], [0.9, 0.5, 0.1, 0.8]).threshold == pytest.approx(0.7)
    assert (one.f1, one.precision, one.recall) == (1.0, 1.0, 1.0)
    assert judged([*fit, *held], [0.9, 0.5, 0.1, 0.8]).f1 == 0.0
    assert judged([*fit, *held], [0.9, 0.5, 0.8, 0.1], 0.05).precision == 0.5


def test_an_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    pairs = [Pair("a", "b", same=number % 3 > 0, fit=number % 2 == 0) for number in range(60)]
    scores = [1.0 if number % 4 else 0.0 for number in range(60)]
    one = judged(pairs, scores)
    assert one.low <= one.f1 <= one.high
    assert one.low < one.high
    assert judged(pairs, scores) == one


def test_a_name_is_found_again_among_invented_people_by_name_alone() -> None:
    pairs = [
        Pair("Ana Ejemplar Inventada", "Ana Ejemplar Inventada", same=True, fit=True),
        Pair("Ana Ejemplar Inventada", "Kuno Ganzanders", same=False, fit=True),
    ]
    among = background(5, 500)
    assert not any(entry.birth_dates or entry.nationalities or entry.sex or entry.documents for entry in among)
    same, other = our_scores(pairs, among)
    assert same > 0
    assert other == NOT_FOUND
    assert {name: scores[0] > scores[1] for name, scores in peer_scores(pairs).items()} == {
        "jaro_winkler": True,
        "token_set": True,
    }


def test_peers_read_other_scripts() -> None:
    found = peer_scores([Pair("Иван Петров", "Ivan Petrov", same=True, fit=True)])
    assert found["token_set"] == [100.0]


def test_an_alias_in_another_order_only_is_not_asked_for() -> None:
    known = Aliases({"1": "EJEMPLO, Ana", "2": "MUESTRA, Juan"}, (("1", "Ana Ejemplo"), ("2", "Juan Muestras")))
    assert chosen(known, 10, 5) == [("2", "Juan Muestras")]


def test_ties_help_nobody() -> None:
    known = Aliases({"1": "Ana Ejemplo", "2": "Ana Ejemplo", "3": "Otra Persona"}, ())
    entries = listed(known, background(5, 50))
    asked = [("1", "Ana Ejemplo"), ("3", "Kuno Ganzanders")]
    assert our_places(asked, entries) == [2, None]
    assert jaro_winkler_places(asked, entries)[0] == 2
    assert shares([2, None]) == {1: 0.0, 5: 0.5, 20: 0.5}
