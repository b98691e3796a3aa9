"""Each damage changes what it says in a traveller and nothing else, in the shares it tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest
from rapidfuzz.distance import OSA

from torogoz.bench.watchlist import damage
from torogoz.bench.watchlist.damage import CLASSES, damaged, misdeclared, query_of
from torogoz.bench.watchlist.damages.titles import TITLES
from torogoz.bench.watchlist.damages.typos import NEIGHBOURS
from torogoz.domain.dates import PartialDate
from torogoz.matching.query import Query
from torogoz.synth.nation.customs import Named
from torogoz.synth.nation.people import STATES_OF, Compatriot, nation

PEOPLE = tuple(islice(nation(11, "damages"), 1_200))
OF_BIRTH = ("day and month exchanged", "birth date missing")
OF_NAMES = tuple(name for name in CLASSES if name not in (*OF_BIRTH, "exact", "combined"))
SPELLED = ("light transliteration", "heavy transliteration")
SHORT = replace(PEOPLE[0], group="zh", named=Named(("Wu",), ("E",)), born=PartialDate(1980, 7, 31))


@cache
def sent(name: str, people: tuple[Compatriot, ...] = PEOPLE, seed: int = 5) -> list[tuple[Compatriot, Query, Query]]:
    """Everybody whom a damage changes, clean and damaged."""
    rng = Random(seed)
    made = ((person, query_of(person), damaged(person, name, rng)) for person in people)
    return [(person, clean, query) for person, clean, query in made if query is not None]


def of(group: str) -> tuple[Compatriot, ...]:
    return tuple(person for person in PEOPLE if person.group == group)


def parts(query: Query) -> tuple[list[str], list[str]]:
    return (query.surname or "").split(), (query.given_names or "").split()


def line(query: Query) -> str:
    return f"{query.surname or ''}/{query.given_names or ''}"


def share(made: list[tuple[Compatriot, Query, Query]], so: Callable[[Query, Query], bool]) -> float:
    return sum(so(clean, query) for _, clean, query in made) / len(made)


def test_there_are_seventeen_damages_under_the_names_the_benchmarks_tell() -> None:
    assert tuple(CLASSES) == (
        "exact", "order", "fields exchanged", "truncated", "second surname dropped", "second given name dropped",
        "one typo", "two typos", "initials", "light transliteration", "heavy transliteration", "split or glued",
        "title", "misread letter", "day and month exchanged", "birth date missing", "combined",
    )  # fmt: skip


def test_an_unknown_damage_is_refused() -> None:
    with pytest.raises(KeyError):
        damaged(PEOPLE[0], "three typos", Random(1))


def test_exact_sends_the_zone_of_the_passport() -> None:
    assert all(clean == query for _, clean, query in sent("exact"))
    assert len(sent("exact")) == len(PEOPLE)


@pytest.mark.parametrize("name", [*OF_NAMES, *OF_BIRTH, "combined"])
def test_a_damage_changes_somebody_and_never_sends_them_unchanged(name: str) -> None:
    made = sent(name)
    assert len(made) > 300
    assert all(query != clean for _, clean, query in made)


@pytest.mark.parametrize("name", CLASSES)
def test_the_same_random_numbers_send_the_same(name: str) -> None:
    some = PEOPLE[:200]
    made = [[damaged(person, name, rng) for person in some] for rng in (Random(7), Random(7), Random(8))]
    assert made[0] == made[1]
    # These leave nothing to chance.
    assert (made[0] == made[2]) == (name in {"exact", "fields exchanged", *OF_BIRTH})


@pytest.mark.parametrize("name", OF_NAMES)
def test_what_happens_to_a_name_leaves_the_rest_alone_and_sends_words_of_a_to_z(name: str) -> None:
    for _, clean, query in sent(name):
        assert replace(query, surname=clean.surname, given_names=clean.given_names) == clean
        fields = [field for field in (query.surname, query.given_names) if field is not None]
        assert fields
        for field in fields:
            assert field == " ".join(field.split()) != ""
            assert field.isascii()
            assert field.isupper()
            assert field.replace(" ", "").isalpha()


@pytest.mark.parametrize(
    "name", set(OF_NAMES) - {"fields exchanged", "one typo", "initials", "split or glued", "title", "misread letter"}
)
def test_nothing_is_sent_where_there_is_nothing_to_change(name: str) -> None:
    assert damaged(SHORT, name, Random(3)) is None or name in ("two typos", *SPELLED)


def test_order_keeps_every_word_and_both_fields() -> None:
    made = sent("order")
    for _, clean, query in made:
        assert Counter(line(query).replace("/", " ").split()) == Counter(line(clean).replace("/", " ").split())
        assert query.surname
        assert query.given_names
        assert (query.given_names, query.surname) != (clean.surname, clean.given_names)
    # Of Spanish names most have two surnames, so that the first is a middle name more often than anything else.
    moved = share(sent("order", of("es")), lambda clean, query: parts(query)[0] == parts(clean)[0][1:])
    assert moved == pytest.approx(0.35, abs=0.06)


def test_exchanged_fields_are_the_clean_ones_the_other_way_round() -> None:
    for _, clean, query in sent("fields exchanged"):
        assert (query.surname, query.given_names) == (clean.given_names, clean.surname)


def test_a_cut_name_begins_as_the_whole_one_and_its_later_given_names_may_be_initials() -> None:
    made = sent("truncated")
    for _, clean, query in made:
        assert (clean.surname or "").startswith(query.surname or "nothing")
        first, *others = parts(clean)[1]
        initials = " ".join([first, *(name[0] for name in others)])
        assert (clean.given_names or "").startswith(query.given_names or "") or query.given_names == initials
    assert share(made, lambda clean, query: query.surname == clean.surname) > 0.7
    assert share(made, lambda _, query: query.given_names is None) < 0.1
    assert damaged(replace(PEOPLE[0], named=Named(("Mora",), ("Ana",))), "truncated", Random(1)) is None


def test_one_of_several_surnames_stays_the_first_in_spanish_and_the_last_in_portuguese() -> None:
    for group, first in (("es", 0.85), ("pt", 0.15)):
        made = sent("second surname dropped", of(group))
        assert all(query.given_names == clean.given_names for _, clean, query in made)
        assert all(f" {query.surname} " in f" {clean.surname} " for _, clean, query in made)
        starts = share(made, lambda clean, query: f"{clean.surname} ".startswith(f"{query.surname} "))
        assert starts == pytest.approx(first, abs=0.06)


def test_one_of_several_given_names_stays_mostly_the_first() -> None:
    made = sent("second given name dropped")
    assert all(query.surname == clean.surname for _, clean, query in made)
    assert all(f" {query.given_names} " in f" {clean.given_names} " for _, clean, query in made)
    starts = share(made, lambda clean, query: f"{clean.given_names} ".startswith(f"{query.given_names} "))
    assert starts == pytest.approx(0.86, abs=0.04)


def test_particles_stay_with_their_name() -> None:
    person = replace(PEOPLE[0], group="es", named=Named(("de la Cruz", "Mora"), ("María", "del Carmen")))
    assert {query.surname for _, _, query in sent("second surname dropped", (person,) * 50)} == {"DE LA CRUZ", "MORA"}
    kept = {query.given_names for _, _, query in sent("second given name dropped", (person,) * 50)}
    assert kept == {"MARIA", "DEL CARMEN"}


TITLE = re.compile(r" ?(?:MR|MRS|MS|MISS)$")


def test_initials_take_letters_away_and_at_most_add_a_title() -> None:
    made = sent("initials")
    assert len(made) > 0.99 * len(PEOPLE)
    for _, clean, query in made:
        bare = TITLE.sub("", query.given_names or "")
        letters = Counter(f"{query.surname}{bare}".replace(" ", ""))
        assert letters <= Counter(line(clean).replace(" ", "")), "no letter is wrong"
        assert query.given_names
        assert query.surname
    assert share(made, lambda clean, query: query.surname == clean.surname) > 0.93
    titled = share(made, lambda _, query: bool(TITLE.search(query.given_names or "")))
    assert titled == pytest.approx(0.25, abs=0.06)


def test_initials_have_the_forms_and_shares_they_tell() -> None:
    person = replace(PEOPLE[0], group="es", named=Named(("Mora",), ("Juan", "Carlos")))
    made = Counter(TITLE.sub("", query.given_names or "") for _, _, query in sent("initials", (person,) * 4_000))
    told = {"JUAN C": 36, "JUANC": 8, "J C": 10, "JC": 9, "J": 15, "J CARLOS": 13, "JCARLOS": 2}
    assert set(made) == set(told)
    for given, of_hundred in told.items():
        # One surname cannot be shortened: its share falls to the others.
        assert made[given] / 4_000 == pytest.approx(of_hundred / 93, abs=0.025)


@pytest.mark.parametrize(
    ("group", "given", "forms"),
    [
        ("es", ("Juan",), "J"),
        ("es", ("María", "del Carmen"), "MARIA D C|MARIA C|MARIA DEL C|M DEL CARMEN|M|M C|MC|MDC"),
        ("ar", ("Ahmed", "Ali", "Hassan"), "AHMED A H|AHMEDAH|AHMED A|AAH|A A H|A|A ALI HASSAN"),
        ("ru", ("Yuri", "Petrovich"), "YURI P|Y P|YU P|YUP|YP|Y|YU"),
        ("fr", ("Jean-Pierre",), "JEAN P|JEANP|JP|J P|J PIERRE|JPIERRE|J"),
        ("zh", ("Xiaoming",), "X M|XM|X|XIAO M"),
    ],
)
def test_initials_of_one_name_of_many_and_of_particles(group: str, given: tuple[str, ...], forms: str) -> None:
    person = replace(PEOPLE[0], group=group, named=Named(("Mora",), given))
    made = {TITLE.sub("", query.given_names or "") for _, _, query in sent("initials", (person,) * 1_500)}
    assert made >= set(forms.split("|"))


@pytest.mark.parametrize(("name", "slips"), [("one typo", 1), ("two typos", 2)])
def test_a_typo_is_one_slip_within_a_word(name: str, slips: int) -> None:
    made = sent(name)
    for _, clean, query in made:
        assert [len(field) for field in parts(query)] == [len(field) for field in parts(clean)]
        assert 1 <= OSA.distance(line(clean), line(query)) <= slips
    # Two slips seldom look like one.
    assert share(made, lambda clean, query: OSA.distance(line(clean), line(query)) == slips) > 0.98
    assert share(made, lambda clean, query: len(line(clean)) == len(line(query))) == pytest.approx(
        0.5 if slips == 1 else 0.37, abs=0.05
    )


def test_keys_that_touch_each_other_do_so_both_ways() -> None:
    assert all(key in NEIGHBOURS[other] for key, others in NEIGHBOURS.items() for other in others)
    assert len(NEIGHBOURS) == 26


def test_split_or_glued_moves_blanks_and_no_letter() -> None:
    made = sent("split or glued")
    for _, clean, query in made:
        letters = [line(one).replace(" ", "").replace("/", "") for one in (clean, query)]
        if query.given_names == "FNU":
            letters[1] = letters[1].removesuffix("FNU")
        assert sorted(letters[0]) == sorted(letters[1])
    two = [one for one in made if one[0].group == "es" and [len(field) for field in parts(one[1])] == [2, 2]]
    glued = share(two, lambda clean, query: query.given_names == (clean.given_names or "").replace(" ", ""))
    assert glued == pytest.approx(0.47, abs=0.08)
    brien = replace(PEOPLE[0], group="en", named=Named(("O'Brien",), ("Sean",)))
    assert "O BRIEN" in {query.surname for _, _, query in sent("split or glued", (brien,) * 50)}


def test_a_title_is_the_only_thing_added() -> None:
    made = sent("title")
    places: Counter[str] = Counter()
    for person, clean, query in made:
        titles = TITLES[person.sex]
        surname, given = clean.surname, clean.given_names or ""
        where: dict[tuple[str | None, str], str] = {
            **{(surname, given + title): "glued behind" for title in titles},
            **{(surname, f"{given} {title}"): "behind" for title in titles},
            **{(surname, f"{title} {given}"): "before" for title in titles},
            **{(surname, title + given): "glued before" for title in titles},
            **{(f"{surname} {title}", given): "surname" for title in titles},
        }
        places[where[query.surname, query.given_names or ""]] += 1
    assert places["glued behind"] / len(made) == pytest.approx(0.55, abs=0.04)
    assert set(places) == {"glued behind", "behind", "before", "glued before", "surname"}
    assert all(sum(titles.values()) == 100 for titles in TITLES.values())


def test_a_misread_sign_is_one_or_a_run_behind_the_name() -> None:
    made = sent("misread letter")
    for _, clean, query in made:
        run = line(query).removeprefix(line(clean))
        assert OSA.distance(line(clean), line(query)) == 1 or set(run.strip()) <= set("KLCX")
    letter = share(made, lambda clean, query: [*map(len, line(clean).split())] == [*map(len, line(query).split())])
    # Where no filler stands within a field, its share falls to the others.
    assert letter == pytest.approx(0.74, abs=0.05)


def test_birth_dates_are_exchanged_where_that_is_another_date_or_left_out() -> None:
    for name in OF_BIRTH:
        assert all(replace(query, birth_date=clean.birth_date) == clean for _, clean, query in sent(name))
    for person, _, query in sent("day and month exchanged"):
        assert query.birth_date == PartialDate(person.born.year, person.born.day, person.born.month)
    assert all(query.birth_date is None for _, _, query in sent("birth date missing"))
    born = (PartialDate(1980, 7, 31), PartialDate(1980, 7, 7), PartialDate(1980, 7), PartialDate(1980))
    assert not sent("day and month exchanged", tuple(replace(SHORT, born=one) for one in born))


def test_combined_is_two_damages_one_upon_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, Query, Query]] = []

    def recorded(name: str) -> None:
        real = damage._SINGLE[name]

        def change(person: Compatriot, query: Query, rng: Random) -> Query | None:
            changed = real(person, query, rng)
            if changed is not None:
                done.append((name, query, changed))
            return changed

        monkeypatch.setitem(damage._SINGLE, name, change)

    for name in tuple(damage._SINGLE):
        recorded(name)
    rng, pairs = Random(2), Counter[frozenset[str]]()
    for person in PEOPLE:
        query = damaged(person, "combined", rng)
        (first, before, between), (second, taken, after) = done[-2:]
        assert (before, taken, after) == (query_of(person), between, query)
        assert len({before, between, after}) == 3
        pairs[frozenset((first, second))] += 1
    assert all(len(pair) == 2 for pair in pairs)
    assert frozenset(OF_BIRTH) not in pairs
    assert set().union(*pairs) == {*OF_NAMES, *OF_BIRTH}


def test_nationality_and_sex_are_wrong_or_missing_as_often_as_told() -> None:
    rng, clean = Random(4), query_of(PEOPLE[0])
    made = [misdeclared(clean, rng) for _ in range(20_000)]
    assert sum(one.nationality != clean.nationality for one in made) / len(made) == pytest.approx(0.12, abs=0.01)
    assert sum(one.nationality is None for one in made) / len(made) == pytest.approx(0.04, abs=0.006)
    assert sum(one.sex != clean.sex for one in made) / len(made) == pytest.approx(0.04, abs=0.006)
    assert {one.sex for one in made} == {"F", "M", None}
    assert all(replace(one, nationality=clean.nationality, sex=clean.sex) == clean for one in made)
    states = {state for states in STATES_OF.values() for state in states}
    assert {one.nationality for one in made} <= states | {None}
    assert made == [misdeclared(clean, again) for again in [Random(4)] for _ in made]
    assert misdeclared(Query("MORA"), Random(1)) == Query("MORA")
