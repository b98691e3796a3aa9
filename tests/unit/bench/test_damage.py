"""What each class of damage promises: it does what it says, nothing else, and nothing to whom it cannot change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest
from rapidfuzz.distance import OSA

from torogoz.bench.watchlist import romanise, slips
from torogoz.bench.watchlist.carriers import LENGTHS, TITLES, Length
from torogoz.bench.watchlist.damage import CLASSES, damaged, misdeclared, query_of
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.matching import Query
from torogoz.synth.nation.customs import Named
from torogoz.synth.nation.people import STATES_OF, Compatriot, nation

_OF_DATES = {"day and month exchanged", "birth date missing"}
#: Keys that touch, for the letters of one name.
_BESIDE = set("MN MK MJ AS AQ AZ RE RT RF RD TR TY TG TF IU IO IK IJ NB NM NJ NH OI OP OK OL".split())  # noqa: SIM905
_EVERYBODY = {"exact", "order", "fields exchanged", "one typo", "initials", "title", "birth date missing", "combined"}


@cache
def _people() -> tuple[Compatriot, ...]:
    return tuple(islice(nation(11, "listed"), 500))


@cache
def _done(damage: str) -> tuple[tuple[Compatriot, Query, Query], ...]:
    """Person, clean query, damaged query, of everybody whom the damage changes."""
    rng = Random(f"test/{damage}")
    made = [(person, query_of(person), damaged(person, damage, rng)) for person in _people()]
    return tuple((person, clean, query) for person, clean, query in made if query is not None)


def _person(group: str, surnames: str, given: str, born: str = "1980-03-04") -> Compatriot:
    named = Named(tuple(surnames.split("+")), tuple(given.split("+")))
    return Compatriot(group, named, "F", PartialDate.parse(born), "SLV", Document("A1", "P", "SLV"))


def _name(query: Query) -> str:
    return f"{query.surname} {query.given_names}".strip()


def _words(query: Query) -> list[str]:
    return sorted(_name(query).split())


def _letters(query: Query) -> str:
    return _name(query).replace(" ", "")


def test_classes_are_told_in_their_order() -> None:
    assert list(CLASSES) == [
        "exact", "order", "fields exchanged", "truncated", "second surname dropped", "second given name dropped",
        "one typo", "two typos", "initials", "light transliteration", "heavy transliteration", "split or glued",
        "title", "misread letter", "day and month exchanged", "birth date missing", "combined",
    ]  # fmt: skip


def test_a_query_is_what_the_zone_has() -> None:
    query = query_of(_person("es", "de León+Núñez", "María José"))
    assert query == Query("DE LEON NUNEZ", "MARIA JOSE", PartialDate(1980, 3, 4), "SLV", "F")


@pytest.mark.parametrize("damage", CLASSES)
def test_the_same_seed_does_the_same(damage: str) -> None:
    one, two = ([damaged(person, damage, Random(7)) for person in _people()[:60]] for _ in range(2))
    assert one == two


@pytest.mark.parametrize("damage", CLASSES)
def test_every_damage_but_exact_changes_something(damage: str) -> None:
    done = _done(damage)
    assert len(done) > 100
    assert all((query == clean) is (damage == "exact") for _, clean, query in done)


@pytest.mark.parametrize("damage", sorted(_EVERYBODY))
def test_what_can_happen_to_everybody_does(damage: str) -> None:
    assert len(_done(damage)) == len(_people())


@pytest.mark.parametrize("damage", CLASSES)
def test_names_and_dates_are_damaged_apart_and_nationality_and_sex_never(damage: str) -> None:
    for _, clean, query in _done(damage):
        assert (query.nationality, query.sex, query.documents) == (clean.nationality, clean.sex, ())
        if damage in _OF_DATES:
            assert replace(query, birth_date=clean.birth_date) == clean
        elif damage != "combined":
            assert query.birth_date == clean.birth_date


@pytest.mark.parametrize("damage", CLASSES)
def test_what_arrives_is_words_of_a_to_z_and_never_nothing(damage: str) -> None:
    for _, _, query in _done(damage):
        for field in (query.surname or "", query.given_names or ""):
            assert field == " ".join(field.split())
            assert field.replace(" ", "").isalpha() or not field
            assert field.isascii()
            assert field == field.upper()
        assert query.surname


@pytest.mark.parametrize("damage", ["order", "fields exchanged"])
def test_other_order_and_other_fields_keep_every_word(damage: str) -> None:
    assert all(_words(query) == _words(clean) for _, clean, query in _done(damage))


def test_other_fields_means_that_a_word_stands_in_the_other_one() -> None:
    for _, clean, query in _done("fields exchanged"):
        assert Counter((query.surname or "").split()) != Counter((clean.surname or "").split()) or (
            clean.surname == clean.given_names
        )


def test_particles_go_behind_the_name_that_they_belong_to() -> None:
    seen = {query.surname for seed in range(80) if (query := damaged(_ana("de la Cruz"), "order", Random(seed)))}
    assert seen == {"CRUZ DE LA", "ANA DE LA CRUZ"}


def _ana(surname: str) -> Compatriot:
    return _person("es", surname, "Ana")


def test_cut_names_fill_one_of_the_fields_that_are_known() -> None:
    for _, clean, query in _done("truncated"):
        surname, given = query.surname or "", query.given_names or ""
        assert (clean.surname or "").startswith(surname)
        assert (clean.given_names or "").startswith(given)
        assert given
        # A blank at the end of a field is not sent, so that a field may be one letter short.
        assert any(_fills(len(surname), len(given), one) for one in LENGTHS.values())


def _fills(surname: int, given: int, room: Length) -> bool:
    whole = surname + room.parted_by + given
    fits = surname <= room.surname and given <= room.given and whole <= room.whole
    return fits and (surname >= room.surname - 1 or given >= room.given - 1 or whole >= room.whole - 2)


def test_lengths_are_those_of_the_standards() -> None:
    wholes = {name: (one.whole, one.parted_by) for name, one in LENGTHS.items()}
    assert wholes["boarding card"] == (20, 1)
    assert wholes["zone of a passport"] == (39, 2)
    assert wholes["zone of a card"] == (30, 2)
    assert LENGTHS["manifest"].surname == 35


def test_short_names_are_never_cut() -> None:
    assert all(damaged(_person("en", "Smith", "Ann"), "truncated", Random(seed)) is None for seed in range(20))


def test_of_two_surnames_one_is_kept_by_each_habit() -> None:
    kept: dict[str, Counter[int]] = {"es": Counter(), "pt": Counter()}
    for person, clean, query in _done("second surname dropped"):
        assert query.given_names == clean.given_names
        assert len((query.surname or "").split()) < len((clean.surname or "").split())
        assert f" {query.surname} " in f" {clean.surname} "
        if person.group in kept:
            kept[person.group][(clean.surname or "").startswith(query.surname or "")] += 1
    assert kept["es"][True] > 4 * kept["es"][False]
    assert kept["pt"][False] > kept["pt"][True]


def test_a_double_barrelled_surname_loses_a_half_and_an_article_is_no_half() -> None:
    halves = {_damaged_surname(_person("en", "Bell-Shaw", "Ann"), seed) for seed in range(30)}
    assert halves == {"BELL", "SHAW"}
    assert _damaged_surname(_person("ar", "Al-Masri", "Huda"), 1) is None
    assert _damaged_surname(_ana("Ramos"), 1) is None


def _damaged_surname(person: Compatriot, seed: int) -> str | None:
    query = damaged(person, "second surname dropped", Random(seed))
    return query.surname if query else None


def test_of_several_given_names_some_are_kept() -> None:
    for _, clean, query in _done("second given name dropped"):
        assert query.surname == clean.surname
        assert f" {query.given_names} " in f" {clean.given_names} "
        assert query.given_names
    assert damaged(_ana("Ramos"), "second given name dropped", Random(1)) is None


@pytest.mark.parametrize(("damage", "slips_made"), [("one typo", 1), ("two typos", 2), ("misread letter", 1)])
def test_slips_are_as_many_as_said(damage: str, slips_made: int) -> None:
    for _, clean, query in _done(damage):
        fields = [(clean.surname or "", query.surname or ""), (clean.given_names or "", query.given_names or "")]
        assert sum(OSA.distance(one, two) for one, two in fields) == slips_made
        assert len(_name(query).split()) == len(_name(clean).split())


def test_a_misread_letter_is_one_for_one_that_looks_like_it() -> None:
    for _, clean, query in _done("misread letter"):
        assert len(_name(query)) == len(_name(clean))
        pairs = [one + two for one, two in zip(_name(clean), _name(query), strict=True) if one != two]
        assert len(pairs) == 1
        assert pairs[0] in slips.MISREAD or pairs[0][::-1] in slips.MISREAD


def test_slips_are_of_all_kinds_in_their_shares_and_keyboards_lead() -> None:
    rng, kinds, neighbours = Random(3), Counter[str](), 0
    for _ in range(4_000):
        slipped = slips.slip("MARTINO", rng)
        assert OSA.distance("MARTINO", slipped) == 1
        kind = {6: "missing", 8: "extra"}.get(len(slipped)) or (
            "exchanged" if sorted(slipped) == sorted("MARTINO") else "wrong"
        )
        kinds[kind] += 1
        if kind == "wrong":
            pairs = {one + two for one, two in zip("MARTINO", slipped, strict=True) if one != two}
            neighbours += bool(pairs & _BESIDE)
    for kind, share in slips.KINDS.items():
        assert kinds[kind] / 4_000 == pytest.approx(share, abs=0.03)
    assert neighbours > kinds["wrong"] / 2


def test_a_word_of_one_letter_cannot_slip() -> None:
    with pytest.raises(ValueError, match="no room"):
        slips.slip("X", Random(1))


def test_shares_are_of_a_whole() -> None:
    for shares in (slips.KINDS, slips.SOURCES, slips.EXTRAS, *TITLES.values()):
        assert sum(shares.values()) == pytest.approx(1)
    assert sum(one.share for one in LENGTHS.values()) == pytest.approx(1)
    for systems in romanise.SYSTEMS.values():
        assert sum(one.share for one in systems) == pytest.approx(1)


def test_initials_are_of_the_given_names_and_the_surname_stays() -> None:
    for person, clean, query in _done("initials"):
        surname, given = (clean.surname or "").split(), (clean.given_names or "").split()
        if person.group != "zh":
            firsts = {word[0] for word in given}
            words = (query.given_names or "").split()
            assert set(words) <= {*given, *firsts} or set("".join(words)) <= firsts
        assert query.surname == clean.surname or (
            person.group == "es" and (query.surname or "").split()[-1] in {word[0] for word in surname[1:]}
        )
        assert len(_letters(query)) < len(_letters(clean))


def test_chinese_initials_are_of_syllables() -> None:
    given = {query.given_names for seed in range(60) if (query := damaged(_wei(), "initials", Random(seed)))}
    assert given == {"X", "X M", "XM"}


def _wei() -> Compatriot:
    return _person("zh", "Wei", "Xiaoming")


def test_a_light_transliteration_is_one_habit_at_one_place() -> None:
    for _, clean, query in _done("light transliteration"):
        one, two = _name(clean), _name(query)
        start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
        end = 0
        while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
            end += 1
        assert len(one) - start - end <= 5
        assert len(two) - start - end <= 5


def test_a_heavy_transliteration_is_two_letters_off_or_more_and_keeps_its_fields() -> None:
    for person, clean, query in _done("heavy transliteration"):
        assert OSA.distance(_name(clean), _name(query)) >= romanise.LEAST
        assert query.surname
        assert query.given_names
        if person.group != "zh":
            assert len(_name(query).split()) == len(_name(clean).split())


@pytest.mark.parametrize(
    ("group", "surname", "given", "spelled"),
    [
        ("ru", "Zhukovsky", "Yuriy", "JOUKOVSKI / IOURI"),
        ("ru", "Zhukovsky", "Yuriy", "ZHUKOVSKII / IURII"),
        ("ru", "Zhukovsky", "Yuriy", "SCHUKOWSKIJ / JURIJ"),
        ("ar", "Al-Shareef", "Mohammed", "EL CHARIF / MOHAMED"),
        ("zh", "Zhang", "Guoqiang", "CHANG / KUO CHIANG"),
        ("zh", "Zhang", "Guoqiang", "CHEUNG / KWOK KEUNG"),
        ("es", "Jiménez+Quezada", "Julio", "HIMENES KESADA / HULIO"),
        ("pt", "Carvalho+Magalhães", "João", "CARVALLO MAGALLANES / JUAN"),
        ("en", "Smith", "Jennifer", "ESMIT / YENIFER"),
        ("fr", "Beauchemin", "Philippe", "BOESHEMIN / PHILIPPE"),
    ],
)
def test_known_names_are_spelled_as_their_offices_do(group: str, surname: str, given: str, spelled: str) -> None:
    person = _person(group, surname, given)
    made = {damaged(person, "heavy transliteration", Random(seed)) for seed in range(120)}
    assert spelled in {f"{query.surname} / {query.given_names}" for query in made if query}


def test_who_has_nothing_to_respell_is_left_alone() -> None:
    assert damaged(_person("en", "Dark", "Ian"), "heavy transliteration", Random(1)) is None
    assert romanise.lightly(("Mba",), "fr", Random(1)) is None


def test_joined_pinyin_is_parted_into_syllables() -> None:
    assert romanise.syllables("XIANGRONG") == ("XIANG", "RONG")
    assert romanise.syllables("MING") == ("MING",)
    assert romanise.syllables("OBRIEN") == ("OBRIEN",)


def test_split_and_glued_names_keep_their_letters() -> None:
    for _, clean, query in _done("split or glued"):
        assert _letters(query) == _letters(clean)
        assert _name(query) != _name(clean) or query.surname != clean.surname


def test_a_title_is_added_and_all_else_stays() -> None:
    glued = 0
    for person, clean, query in _done("title"):
        titles = TITLES[person.sex]
        surname, given = clean.surname or "", clean.given_names or ""
        forms = {(f"{one} {surname}", given) for one in titles}
        forms |= {(surname, f"{one} {given}") for one in titles} | {(surname, f"{given} {one}") for one in titles}
        run_on = {(surname, f"{given}{one}") for one in titles}
        assert (query.surname, query.given_names) in forms | run_on
        glued += (query.surname, query.given_names) in run_on
    assert glued / len(_people()) == pytest.approx(0.55, abs=0.07)


def test_day_and_month_are_exchanged_where_the_calendar_lets_them() -> None:
    for _, clean, query in _done("day and month exchanged"):
        one, two = clean.birth_date, query.birth_date
        assert one
        assert two
        assert (one.year, one.month, one.day) == (two.year, two.day, two.month)
    for born in ("1980-05-13", "1980-07-07"):
        assert damaged(_person("en", "Smith", "Ann", born), "day and month exchanged", Random(1)) is None


def test_a_missing_birth_date_is_missing() -> None:
    assert all(query.birth_date is None for _, _, query in _done("birth date missing"))


def test_combined_damages_are_two() -> None:
    one_change = {
        damage: {query for seed in range(300) if (query := damaged(_wei(), damage, Random(seed)))}
        for damage in (
            "title",
            "birth date missing",
            "day and month exchanged",
            "initials",
            "order",
            "fields exchanged",
        )
    }
    combined = [damaged(_wei(), "combined", Random(seed)) for seed in range(100)]
    alone = {query for some in one_change.values() for query in some}
    assert query_of(_wei()) not in combined
    assert sum(query in alone for query in combined) <= 2
    assert any(query and query.birth_date is None and _words(query) != _words(query_of(_wei())) for query in combined)


def test_of_a_hundred_travellers_twelve_have_nationality_and_four_sex_wrong_or_missing() -> None:
    rng, clean = Random(5), query_of(_ana("Ramos"))
    declared = [misdeclared(clean, rng) for _ in range(10_000)]
    states = {state for states in STATES_OF.values() for state in states} | {"DEU", "ITA", None}
    assert sum(one.nationality != "SLV" for one in declared) / 10_000 == pytest.approx(0.12, abs=0.01)
    assert sum(one.nationality is None for one in declared) / 10_000 == pytest.approx(0.04, abs=0.01)
    assert sum(one.sex != "F" for one in declared) / 10_000 == pytest.approx(0.04, abs=0.01)
    assert sum(one.sex is None for one in declared) / 10_000 == pytest.approx(0.02, abs=0.006)
    assert {one.nationality for one in declared} <= states
    assert all(replace(one, nationality="SLV", sex="F") == clean for one in declared)


def test_a_damage_that_is_not_known_is_refused() -> None:
    with pytest.raises(KeyError):
        damaged(_wei(), "stolen", Random(1))


def test_nobody_without_given_names_gets_initials() -> None:
    assert damaged(_person("ar", "Huda", ""), "initials", Random(1)) is None
