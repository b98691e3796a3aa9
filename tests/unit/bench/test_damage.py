"""Each kind of damage does what it says and nothing else, by the rng alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest

from torogoz.bench.watchlist.damage import CLASSES, damaged, misdeclared, query_of
from torogoz.bench.watchlist.damages import heavy_tables, light_tables, marks
from torogoz.bench.watchlist.damages.fields import fields
from torogoz.bench.watchlist.damages.keyboards import HEARD, KEYS
from torogoz.bench.watchlist.damages.romanised import Office
from torogoz.bench.watchlist.damages.typing_errors import slipped
from torogoz.bench.watchlist.damages.zone import zone
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.matching.query import Query
from torogoz.synth.nation.customs import Named
from torogoz.synth.nation.people import GROUPS, STATES_OF, Compatriot, nation

OF_DATES = ("day and month exchanged", "birth date missing")
OF_NAMES = tuple(name for name in CLASSES if name not in (*OF_DATES, "exact", "combined"))
#: What a carrier may send; forms of agencies keep the stops of initials.
SENT = re.compile(r"[A-Z]+( [A-Z]+)*\Z")
SENT_WITH_STOPS = re.compile(r"[A-Z.]+( [A-Z.]+)*\Z")


@cache
def people() -> tuple[Compatriot, ...]:
    return tuple(islice(nation(11, "listed"), 300))


@cache
def made(damage: str) -> tuple[tuple[Compatriot, Query, Query], ...]:
    """Everybody whom this damage changes, each clean and damaged."""
    rng = Random(f"test/{damage}")
    found = [(person, query_of(person), damaged(person, damage, rng)) for person in people()]
    return tuple((person, clean, query) for person, clean, query in found if query is not None)


def somebody(
    surnames: tuple[str, ...],
    given: tuple[str, ...],
    group: str = "es",
    sex: str = "F",
    born: PartialDate | None = None,
) -> Compatriot:
    birth = born or PartialDate(1988, 2, 17)
    return Compatriot(group, Named(surnames, given), sex, birth, "SLV", Document("A01234567", "P", "SLV"))


def drawn(person: Compatriot, damage: str, times: int = 200) -> Counter[tuple[str | None, str | None]]:
    """The names that a damage makes of one person, with how often."""
    rng = Random(7)
    found = (damaged(person, damage, rng) for _ in range(times))
    return Counter((query.surname, query.given_names) for query in found if query is not None)


def letters(query: Query) -> str:
    return f"{query.surname or ''}{query.given_names or ''}".replace(" ", "")


def together(query: Query) -> list[str]:
    return [*fields(query)[0], *fields(query)[1]]


def distance(one: str, other: str) -> int:
    """Edits between two names, two neighbours that changed places being one."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def whole(query: Query) -> str:
    return f"{query.surname or ''}/{query.given_names or ''}"


def test_the_classes_are_those_of_the_published_tables_in_their_order() -> None:
    assert list(CLASSES) == [
        "exact", "order", "fields exchanged", "truncated", "second surname dropped", "second given name dropped",
        "one typo", "two typos", "initials", "light transliteration", "heavy transliteration", "split or glued",
        "title", "misread letter", "day and month exchanged", "birth date missing", "combined",
    ]  # fmt: skip


def test_an_unknown_damage_is_refused() -> None:
    with pytest.raises(KeyError):
        damaged(people()[0], "no such damage", Random(1))


@pytest.mark.parametrize("damage", CLASSES)
def test_the_same_rng_makes_the_same_damage(damage: str) -> None:
    one, two = ([damaged(person, damage, Random(5)) for person in people()[:60]] for _ in range(2))
    assert one == two


def test_a_damage_never_leaves_the_traveller_as_they_were() -> None:
    for damage in CLASSES:
        assert made(damage)
        assert all((query == clean) is (damage == "exact") for _, clean, query in made(damage))


def test_a_damage_of_names_leaves_everything_else() -> None:
    for damage in OF_NAMES:
        for _, clean, query in made(damage):
            assert query == replace(clean, surname=query.surname, given_names=query.given_names)


@pytest.mark.parametrize("damage", CLASSES)
def test_names_are_what_a_carrier_may_send_and_never_empty(damage: str) -> None:
    allowed = SENT_WITH_STOPS if damage in ("initials", "combined") else SENT
    for _, _, query in made(damage):
        assert query.surname
        assert allowed.match(query.surname)
        assert query.given_names is None or allowed.match(query.given_names)
        assert not query.documents


def test_every_group_of_languages_meets_with_every_damage_of_names() -> None:
    for damage in OF_NAMES:
        if damage != "second surname dropped":
            assert {person.group for person, _, _ in made(damage)} == set(GROUPS)


@pytest.mark.parametrize("damage", ["one typo", "misread letter", "split or glued", "order", "heavy transliteration"])
def test_a_damage_is_not_the_same_for_every_draw(damage: str) -> None:
    person = somebody(("Hernández", "López"), ("María", "Luisa"))
    assert len(drawn(person, damage)) > 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Núñez", "NUNEZ"),
        ("O'Darley", "ODARLEY"),
        ("Al-Masri", "AL MASRI"),
        ("De La Tour", "DE LA TOUR"),
        ("Müller", "MULLER"),
        ("Lhiçicosa", "LHICICOSA"),
        ("Marie-Aurélie", "MARIE AURELIE"),
    ],
)
def test_a_name_is_written_as_zones_write_it(text: str, expected: str) -> None:
    assert zone(text) == expected


def test_a_traveller_is_as_their_zone_has_them_without_its_number() -> None:
    person = somebody(("Núñez", "de la O"), ("María", "del Carmen"))
    expected = Query("NUNEZ DE LA O", "MARIA DEL CARMEN", PartialDate(1988, 2, 17), "SLV", "F")
    assert query_of(person) == expected == damaged(person, "exact", Random(1))


def test_a_zone_has_39_places_and_keeps_a_letter_of_the_given_names() -> None:
    cut = query_of(somebody(("A" * 20, "B" * 30), ("Carmen", "Dolores")))
    assert (cut.surname, cut.given_names) == ("A" * 20 + " " + "B" * 15, "C")
    cut = query_of(somebody(("A" * 20,), ("Carmen", "Mercedes Dolores")))
    assert (cut.surname, cut.given_names) == ("A" * 20, "CARMEN MERCEDES D")


def test_order_moves_words_and_changes_none() -> None:
    for _, clean, query in made("order"):
        assert sorted(together(query)) == sorted(together(clean))


def test_the_whole_name_in_one_field_is_the_commonest_order() -> None:
    alone = sum(query.given_names is None for _, _, query in made("order")) / len(made("order"))
    assert 0.45 < alone < 0.85


def test_a_particle_moves_with_its_surname() -> None:
    found = drawn(somebody(("Soares", "de Gravando"), ("Ana",), "pt"), "order")
    assert ("DE GRAVANDO SOARES", "ANA") in found
    assert ("DE GRAVANDO", "ANA SOARES") in found
    assert not any((surname or "").endswith(" DE") or (given or "").endswith(" DE") for surname, given in found)


def test_fields_exchanged_keeps_the_words_and_puts_a_given_name_for_the_surname() -> None:
    for _, clean, query in made("fields exchanged"):
        assert sorted(together(query)) == sorted(together(clean))
        assert fields(query)[0] in (fields(clean)[1], fields(clean)[1][:1])


def test_equal_names_have_nothing_to_exchange() -> None:
    assert damaged(somebody(("Thomas",), ("Thomas",), "en"), "fields exchanged", Random(1)) is None


def test_a_truncated_name_is_the_beginning_of_the_name() -> None:
    for _, clean, query in made("truncated"):
        assert (clean.surname or "").startswith(query.surname or "")
        assert (clean.given_names or "").startswith(query.given_names or "-")


def test_a_boarding_pass_has_twenty_places_with_its_slash() -> None:
    found = drawn(somebody(("Hernández", "Martínez"), ("Guadalupe",)), "truncated")
    assert ("HERNANDEZ MARTINEZ", "G") in found


@pytest.mark.parametrize("damage", ["truncated", "second surname dropped", "second given name dropped"])
def test_a_short_name_has_nothing_to_lose(damage: str) -> None:
    assert damaged(somebody(("Wu",), ("Li",), "zh"), damage, Random(1)) is None


def test_one_word_of_two_letters_is_too_little_for_two_slips() -> None:
    assert damaged(somebody(("E",), ("Li",), "zh"), "two typos", Random(1)) is None


def test_spanish_speakers_keep_the_first_surname_and_portuguese_the_last() -> None:
    spanish = drawn(somebody(("García", "López"), ("Ana",)), "second surname dropped", 400)
    assert spanish[("GARCIA", "ANA")] / 400 == pytest.approx(0.9, abs=0.05)
    assert set(spanish) == {("GARCIA", "ANA"), ("LOPEZ", "ANA")}
    portuguese = drawn(somebody(("da Silva", "dos Santos"), ("Ana",), "pt"), "second surname dropped", 400)
    assert portuguese[("DOS SANTOS", "ANA")] / 400 == pytest.approx(0.75, abs=0.06)


def test_a_dropped_surname_is_one_of_theirs_and_given_names_stay() -> None:
    for person, clean, query in made("second surname dropped"):
        assert query.given_names == clean.given_names
        assert f" {query.surname} " in f" {zone(person.named.surname)} "
        assert len(query.surname or "") < len(clean.surname or "")


def test_an_article_is_no_surname_of_its_own() -> None:
    assert damaged(somebody(("Al-Masri",), ("Nour",), "ar"), "second surname dropped", Random(1)) is None
    assert damaged(somebody(("Masri",), ("Abd al-Karim",), "ar"), "second given name dropped", Random(1)) is None


def test_halves_of_a_double_name_are_two() -> None:
    assert set(drawn(somebody(("Smith-Jones",), ("Ann",), "en"), "second surname dropped")) == {
        ("SMITH", "ANN"),
        ("JONES", "ANN"),
    }
    assert set(drawn(somebody(("Faure",), ("Jean-Luc",), "fr"), "second given name dropped")) == {("FAURE", "JEAN")}


def test_the_first_given_name_and_the_surname_stay_where_the_second_is_dropped() -> None:
    for _, clean, query in made("second given name dropped"):
        assert query.surname == clean.surname
        kept = fields(query)[1]
        assert kept[0] == fields(clean)[1][0]
        assert len(kept) < len(fields(clean)[1])


def test_of_three_given_names_the_last_may_stay() -> None:
    found = drawn(somebody(("Habib",), ("Maryam", "Ali", "Omar"), "ar"), "second given name dropped")
    assert set(found) == {("HABIB", "MARYAM"), ("HABIB", "MARYAM OMAR")}


def test_one_typo_is_one_slip() -> None:
    for _, clean, query in made("one typo"):
        assert distance(whole(clean), whole(query)) == 1
        assert len(together(query)) == len(together(clean))


def test_two_typos_are_two_slips() -> None:
    far = [distance(whole(clean), whole(query)) for _, clean, query in made("two typos")]
    assert set(far) <= {1, 2}
    # Two slips that meet may look like one.
    assert far.count(2) / len(far) > 0.95


def test_a_first_letter_goes_wrong_less_often_than_another() -> None:
    rng = Random(3)
    first = sum(slipped("MARTINEZ", "es", rng)[0] != "M" for _ in range(2_000)) / 2_000
    assert 0.01 < first < 1 / 8


@pytest.mark.parametrize("word", ["XU", "AA", "LEE", "QWERTY"])
def test_a_slip_always_changes_the_word_and_leaves_letters(word: str) -> None:
    rng = Random(2)
    for _ in range(100):
        found = slipped(word, "zh", rng)
        assert found != word
        assert re.fullmatch("[A-Z]{2,}", found)


@pytest.mark.parametrize(
    ("layout", "key", "beside", "apart"),
    [
        ("QWERTY", "A", "QWSZ", "P"),
        ("QWERTZ", "Z", "TUGH", "A"),
        ("AZERTY", "A", "Z", "W"),
        ("AZERTY", "M", "LP", "N"),
        ("telephone", "S", "PQR", "A"),
    ],
)
def test_keys_beside_a_key_are_those_of_the_layout(layout: str, key: str, beside: str, apart: str) -> None:
    assert set(beside) <= set(KEYS[layout][key])
    assert apart not in KEYS[layout][key]
    assert len(KEYS[layout]) == 26


def test_letters_that_sound_alike_do_so_both_ways() -> None:
    assert all(letter in HEARD[other] for letter, others in HEARD.items() for other in others)
    assert "N" in HEARD["M"]
    assert "V" in HEARD["B"]


def test_initials_are_those_of_the_given_names() -> None:
    for _, clean, query in made("initials"):
        assert query.surname == clean.surname
        assert query.given_names != clean.given_names
        assert (query.given_names or "")[0] == (clean.given_names or "")[0]


def test_initials_come_apart_or_together_with_and_without_stops() -> None:
    found = {given for _, given in drawn(somebody(("Paz",), ("Ana", "Lucía")), "initials", 500)}
    assert found == {"A L", "AL", "A. L.", "A.L.", "ANA L", "ANA L.", "A LUCIA", "A. LUCIA"}


def test_initials_leave_particles_out() -> None:
    found = {given for _, given in drawn(somebody(("Paz",), ("María", "del Carmen")), "initials", 500)}
    assert {"M C", "MARIA C"} <= found
    assert not any("D" in (given or "") for given in found)


def test_a_name_of_one_letter_has_no_initial() -> None:
    assert damaged(somebody(("Paz",), ("E",), "zh"), "initials", Random(1)) is None


@pytest.mark.parametrize(
    ("offices", "customary"),
    [(light_tables.OFFICES, light_tables.CUSTOMARY), (heavy_tables.OFFICES, heavy_tables.CUSTOMARY)],
    ids=["light", "heavy"],
)
def test_every_office_has_rules_that_can_be_read_and_shares_that_are_all(
    offices: dict[str, dict[str, float]], customary: dict[str, dict[str, str]]
) -> None:
    assert set(offices) == set(customary) == set(GROUPS)
    for shares in offices.values():
        assert sum(shares.values()) == pytest.approx(1, abs=0.05)
        assert all(set("".join(Office.of(rules).written)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for rules in shares)
    for spellings in customary.values():
        for word, others in spellings.items():
            assert all(re.fullmatch("[A-Z]+", other) for other in [word, *others.split()])


def test_an_office_replaces_what_it_sees_once_over() -> None:
    office = Office.of("SH>CH CH>TCH OV$>OFF ^Y>I")
    assert office.spell("SHCHOVOV") == "CHTCHOVOFF"
    assert office.spell("YURYEV") == "IURYEV"


def spellings(word: str, group: str, damage: str) -> set[str | None]:
    return {surname for surname, _ in drawn(somebody((word,), ("E",), group), damage, 300)}


@pytest.mark.parametrize(
    ("word", "group", "expected"),
    [
        ("Dmitry", "ru", {"DMITRII", "DMITRIY", "DMITRI"}),
        ("Zhirtovsky", "ru", {"ZHIRTOVSKII", "ZHIRTOVSKI"}),
        ("Mohammed", "ar", {"MUHAMMAD", "MOHAMED", "MUHAMMED"}),
        ("Fajeed", "ar", {"FAJID"}),
        ("Zhang", "zh", {"JHANG", "ZANG"}),
        ("Vásquez", "es", {"VAZQUEZ", "VASQUES", "V SQUEZ", "VSQUEZ"}),
        ("Núñez", "es", {"NUNXXEZ", "NUNYEZ", "NUNNEZ", "NUNES"}),
        ("Souza", "pt", {"SOUSA"}),
        ("Gonçalves", "pt", {"GONSALVES"}),
        ("Thompson", "en", {"THOMSON"}),
        ("Müller", "fr", {"MUELLER", "MULER"}),
    ],
)
def test_light_is_another_table_of_the_same_alphabet(word: str, group: str, expected: set[str]) -> None:
    assert expected <= spellings(word, group, "light transliteration")


@pytest.mark.parametrize(
    ("word", "group", "expected"),
    [
        ("Zhukov", "ru", {"SCHUKOW", "JOUKOFF", "ZUKOV"}),
        ("Kashchenko", "ru", {"KASZCZENKO"}),
        ("Petrova", "ru", {"PETROV", "PETROWA"}),
        ("Jamal", "ar", {"GAMAL", "DJAMEL", "CEMAL"}),
        ("Khashif", "ar", {"KHACHIF", "HASIF", "JACHIF"}),
        ("Zhang", "zh", {"CHANG", "CHEUNG", "TEO"}),
        ("Xiong", "zh", {"HSIUNG"}),
        ("Pérez", "es", {"BIRIZ", "PERES"}),
        ("Magalhães", "pt", {"MAGALLAEZ"}),
        ("Smith", "en", {"SMIT", "ESMIT"}),
        ("Rousseau", "fr", {"RUSSO"}),
    ],
)
def test_heavy_is_another_system_or_language(word: str, group: str, expected: set[str]) -> None:
    assert expected <= spellings(word, group, "heavy transliteration")


def test_names_without_marks_have_none_to_take_otherwise() -> None:
    person = somebody(("Lima",), ("Ana",))
    assert marks.otherwise(person, query_of(person), Random(1)) is None


def test_heavy_goes_further_than_light() -> None:
    def far(damage: str) -> float:
        return sum(distance(whole(clean), whole(query)) for _, clean, query in made(damage)) / len(made(damage))

    assert far("heavy transliteration") > 1.5 * far("light transliteration")


def test_split_or_glued_keeps_every_letter() -> None:
    turned = 0
    for _, clean, query in made("split or glued"):
        if letters(query) != letters(clean):
            assert sorted(letters(query)) == sorted(letters(clean))
            assert query.given_names is None
            turned += 1
    # The whole name in one word, the given names first.
    assert turned / len(made("split or glued")) < 0.12


def test_names_are_split_where_people_split_them() -> None:
    assert "MAC GILEYS" in spellings("Macgileys", "en", "split or glued")
    assert "O BRADERY" in spellings("O'Bradery", "en", "split or glued")
    chinese = {given for _, given in drawn(somebody(("Liang",), ("Wengshiao",), "zh"), "split or glued")}
    assert chinese == {"WENG SHIAO", None}


def test_words_are_glued_in_a_field_in_both_and_altogether() -> None:
    found = drawn(somebody(("Paz", "Gil"), ("Ana", "Luz")), "split or glued", 400)
    assert {("PAZGIL", "ANA LUZ"), ("PAZ GIL", "ANALUZ"), ("PAZGIL", "ANALUZ"), ("PAZGILANALUZ", None)} <= set(found)


def test_a_title_is_added_and_nothing_is_lost() -> None:
    for _, clean, query in made("title"):
        assert len(letters(query)) > len(letters(clean))
        assert distance(whole(clean), whole(query)) <= 11


def test_a_title_is_glued_to_the_given_names_as_often_as_all_else_together() -> None:
    glued = sum(len(together(query)) == len(together(clean)) for _, clean, query in made("title"))
    assert glued / len(made("title")) == pytest.approx(0.55, abs=0.1)


def test_a_title_fits_the_sex() -> None:
    man = drawn(somebody(("Paz",), ("Juan",), sex="M"), "title")
    assert ("PAZ", "JUANMR") in man
    assert not any("MRS" in f"{surname} {given}" or "SRA" in f"{surname} {given}" for surname, given in man)


def test_a_misread_name_has_letters_for_letters_or_fillers() -> None:
    for _, clean, query in made("misread letter"):
        assert 1 <= distance(whole(clean), whole(query)) <= 4
    near = sum(distance(whole(clean), whole(query)) == 1 for _, clean, query in made("misread letter"))
    assert near / len(made("misread letter")) > 0.8


def test_a_filler_is_read_as_a_letter() -> None:
    found = drawn(somebody(("Lima",), ("Ana", "Luz")), "misread letter", 500)
    assert {("LIMA", "ANAKLUZ"), ("LIMA", "ANA LUZK")} <= set(found)


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (PartialDate(1988, 2, 7), PartialDate(1988, 7, 2)),
        (PartialDate(1988, 12, 1), PartialDate(1988, 1, 12)),
        (PartialDate(1988, 2, 13), None),
        (PartialDate(1988, 3, 3), None),
        (PartialDate(1988, 3), None),
        (PartialDate(1988), None),
    ],
)
def test_day_and_month_are_exchanged_where_a_calendar_has_it(born: PartialDate, expected: PartialDate | None) -> None:
    person = somebody(("Paz",), ("Ana",), born=born)
    query = damaged(person, "day and month exchanged", Random(1))
    assert query == (replace(query_of(person), birth_date=expected) if expected else None)


def test_a_missing_birth_date_is_all_that_is_missing() -> None:
    for _, clean, query in made("birth date missing"):
        assert query == replace(clean, birth_date=None)


def test_combined_is_more_than_one_damage_of_dates_and_fits_everybody() -> None:
    assert len(made("combined")) == len(people())
    for _, clean, query in made("combined"):
        assert (query.surname, query.given_names) != (clean.surname, clean.given_names)
        assert (query.nationality, query.sex) == (clean.nationality, clean.sex)


def test_combined_meets_with_dates_in_one_of_five() -> None:
    dated = sum(query.birth_date != clean.birth_date for _, clean, query in made("combined"))
    assert 0.05 < dated / len(made("combined")) < 0.35


@cache
def arrivals() -> tuple[tuple[Query, Query], ...]:
    rng = Random(4)
    clean = query_of(people()[0])
    return tuple((clean, misdeclared(clean, rng)) for _ in range(20_000))


def test_of_a_hundred_twelve_nationalities_and_four_sexes_are_wrong_or_missing() -> None:
    found = [(query.nationality != clean.nationality, query.sex != clean.sex) for clean, query in arrivals()]
    assert sum(wrong for wrong, _ in found) / len(found) == pytest.approx(0.12, abs=0.01)
    assert sum(wrong for _, wrong in found) / len(found) == pytest.approx(0.04, abs=0.006)
    both = sum(nationality and sex for nationality, sex in found) / len(found)
    assert both == pytest.approx(0.12 * 0.04, abs=0.002)


def test_missing_and_wrong_both_happen_and_wrong_is_another_state() -> None:
    states = {state for some in STATES_OF.values() for state in some}
    clean = query_of(people()[0])
    found = [query for _, query in arrivals()]
    told = {query.nationality for query in found}
    assert None in told
    assert told <= states | {None}
    assert {query.sex for query in found} == {"F", "M", None}
    missing = sum(query.nationality is None for query in found)
    assert missing / sum(query.nationality != clean.nationality for query in found) == pytest.approx(0.4, abs=0.05)


def test_misdeclaring_leaves_the_name_and_the_birth_date() -> None:
    for clean, query in arrivals():
        assert replace(query, nationality=clean.nationality, sex=clean.sex) == clean


def test_misdeclaring_is_by_the_rng_alone() -> None:
    queries = [query_of(person) for person in people()]
    one, two = ([misdeclared(query, rng) for query in queries] for rng in (Random(9), Random(9)))
    assert one == two
