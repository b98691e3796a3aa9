"""Other spellings of a name are what offices write, and as far from it as their damage says."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from rapidfuzz.distance import Levenshtein

from torogoz.bench.watchlist.damage import damaged, query_of
from torogoz.bench.watchlist.damages import from_arabic, from_chinese, from_latin, from_russian, heavy, light
from torogoz.bench.watchlist.damages.forms import PARTICLES, name_of, units
from torogoz.bench.watchlist.damages.spelling import respelled, rewritten, rules
from torogoz.synth.nation.customs import CUSTOMS
from torogoz.synth.nation.people import nation

PEOPLE = tuple(islice(nation(12, "spellings"), 800))
HEAVY = sorted({table for tables in heavy.TABLES.values() for _, table in tables})

#: group → a name, and what it becomes in another office of the language.
LIGHT = {
    "ar": "AHMED/AHMAD MOHAMMED/MOHAMED KHALED/KHALID HUSSEIN/HUSSAIN ZAYNAB/ZAINAB FATIMAH/FATIMA TARIQ/TARIK AL/EL "
    "MAHMOUD/MAHMUD SALEEM/SALIM YOUSUF/YUSUF NAJIB/NAGIB",
    "ru": "DMITRY/DMITRIY SERGEY/SERGEI KSENIA/XENIA TATYANA/TATIANA YULIA/IULIA MIKHAIL/MIHAIL EVGENIY/EVGENII "
    "ELENA/YELENA CHAIKOVSKY/CHAIKOVSKIY ILYINICHNA/ILIINICHNA ALEKSEY/ALEXEY IVANOVICH/IVANOVITCH",
    "es": "GONZALEZ/GONZALES VALDES/BALDES XIMENA/JIMENA HERNANDEZ/ERNANDEZ QUINTANA/KINTANA CESAR/SESAR LLANOS/YANOS "
    "GODOY/GODOI YSABEL/ISABEL",
    "pt": "SOUZA/SOUSA LUIZ/LUIS THIAGO/TIAGO PHILIPE/FILIPE MELLO/MELO HELENA/ELENA TEIXEIRA/TEICHEIRA "
    "QUEIROZ/QUEIROS MATHEUS/MATEUS",
    "en": "CATHERINE/KATHERINE ANDERSON/ANDERSEN MACDONALD/MCDONALD STEPHEN/STEFEN CLARKE/CLARK KELLY/KELLEY "
    "ALLEN/ALEN READ/REED BAILEY/BAYLEY DICKSON/DIKSON",
    "zh": "CHEN/CHENG ZHANG/ZANG LI/LEE HUANG/HWANG SUN/SHUN XU/SU HONG/HUNG LU/LYU GUI/GUEI JING/JIN",
    "fr": "RENAUD/RENAULT SYLVIE/SILVIE PHILIPPE/PHILIPE MOREAU/MORAU NATHALIE/NATALIE LEROY/LEROI GIRAUD/GIROD "
    "LAURENT/LAURANT FONTAINE/FONTEINE ISABELLE/ISABELE",
}
#: A convention, a field, and what becomes of it.
JOURNEYS = (
    (from_russian.FRENCH, "PUSHKIN", "POUCHKINE"),
    (from_russian.FRENCH, "ZHUKOV", "JOUKOFF"),
    (from_russian.FRENCH, "CHAYKOVSKY", "TCHAIKOVSKI"),
    (from_russian.GERMAN, "CHEKHOV", "TSCHECHOW"),
    (from_russian.GERMAN, "SERGEY ZHDANOV", "SERGEJ SCHDANOW"),
    (from_russian.POLISH, "CHEKHOV", "CZECHOW"),
    (from_russian.POLISH, "TSVETAEVA", "CWETAEWA"),
    (from_russian.UKRAINIAN, "VLADIMIR NIKOLAEVICH", "VOLODYMYR NYKOLAIIOVYCH"),
    (from_russian.UKRAINIAN, "GONCHAROV", "HONCHAROV"),
    (from_russian.SPANISH, "KHRUSHCHEV", "JRUCHEF"),
    (from_russian.SCHOLARLY, "YURIY", "JURIJ"),
    (from_arabic.FRENCH, "ABD AL QADIR", "ABDEL KADIR"),
    (from_arabic.FRENCH, "SHARIF YASIN", "CHARIF YASSINE"),
    (from_arabic.EGYPTIAN, "JAMAL QASIM", "GAMAL KASIM"),
    (from_arabic.CYRILLIC, "MUHAMMAD WAHID", "MUKHAMMAD VAKHID"),
    (from_arabic.TURKISH, "MOHAMMED KHALID", "MEHMET HALIT"),
    (from_arabic.PERSIAN, "AHMED WAHID", "AHMAD VAHEED"),
    (from_arabic.GERMAN, "SHAKIR", "SCHAKIR"),
    (from_arabic.SPANISH, "KHALID SHARIF", "JALID CHARIF"),
    (from_latin.SPANISH_VIA_CYRILLIC, "JUAN CARLOS", "KHUAN KARLOS"),
    (from_latin.SPANISH_VIA_CYRILLIC, "GUILLERMO", "GILERMO"),
    (from_latin.PORTUGUESE_VIA_CYRILLIC, "JOAO CARVALHO", "ZHOAN KARVALO"),
    (from_latin.ENGLISH_VIA_CYRILLIC, "JACK WATSON", "DZHAK UATSON"),
    (from_latin.FRENCH_VIA_CYRILLIC, "JACQUES ROUSSEAU", "ZHAK RUSO"),
    (from_latin.VIA_ARABIC, "PEPE VARGAS", "BIB FARGHAS"),
    (from_latin.SPANISH_EAR, "SMITH", "ESMIT"),
    (from_latin.SPANISH_OFFICE, "GUIMARAES TEIXEIRA", "GUIMARANES TEJERA"),
    (from_latin.PORTUGUESE_OFFICE, "CALDERON HERRERA", "CALDERAO HERREIRA"),
    (from_latin.ENGLISH_EAR, "JORGE TRUJILLO", "HORHE TRUHIYO"),
    (from_latin.GERMAN_EAR, "JOHN", "DSCHOHN"),
    (from_latin.FRENCH_EAR, "SHAW", "CHAOU"),
)
DIALECTS = (
    (from_chinese.WADE_GILES, "DENG", "XIAOPING", "TENG", "HSIAOPING"),
    (from_chinese.WADE_GILES, "ZHANG", "ZIYI", "CHANG", "TZUI"),
    (from_chinese.CANTONESE, "CHEN", "WEIMING", "CHAN", "WAIMING"),
    (from_chinese.CANTONESE, "ZHOU", "JIANHUA", "CHOW", "KINWAH"),
    (from_chinese.CANTONESE, "CHI", "CHANGHUA", "CHI", "CHONGWAH"),
    (from_chinese.HOKKIEN, "CHEN", "MEILING", "TAN", "BEELING"),
    (from_chinese.HOKKIEN, "LIN", "WENLONG", "LIM", "BOONLENG"),
)


def test_every_language_of_the_nation_has_its_tables() -> None:
    assert set(light.TABLES) == set(heavy.TABLES) == set(CUSTOMS)
    assert all(sum(share for share, _ in tables) == 100 for tables in heavy.TABLES.values())


@pytest.mark.parametrize("table", [*light.TABLES.values(), *HEAVY])
def test_a_table_writes_letters_of_a_to_z(table: str) -> None:
    for rule in rules(table):
        assert not rule.instead.strip(" ") or rule.instead.replace(" ", "").isalpha()
        assert rule.instead.isascii()
        assert rule.instead == rule.instead.upper()


@pytest.mark.parametrize("group", light.TABLES)
def test_a_light_pair_differs_and_by_two_letters_at_most(group: str) -> None:
    for pair in light.TABLES[group].split():
        left, right = ("".join(filter(str.isalpha, side)) for side in pair.replace("=", "/").split("/"))
        assert 1 <= Levenshtein.distance(left, right) <= 2, pair


def test_what_is_no_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        rules("SH/CH Q")


def test_a_pair_says_where_it_stands() -> None:
    assert rewritten("SASSA", "^S/Z") == "ZASSA"
    assert rewritten("SASAS", "S$/Z") == "SASAZ"
    assert rewritten("SASAS", "1S2/Z") == "SAZAS"
    assert rewritten("SASAS", "3S/Z") == "SAZAZ"
    assert rewritten("ASTA", "S4/Z") == "AZTA"
    assert rewritten("AL SADR", "^AL_/EL") == "ELSADR"
    # The first rule that fits is followed, and what it wrote is left alone.
    assert rewritten("SHAH", "SH/CH S/Z CH/K H/") == "CHA"
    assert {respelled("KIKI", "K=C", Random(seed)) for seed in range(20)} == {"CIKI", "KICI"}
    assert respelled("ANA", "K=C", Random(1)) is None


@pytest.mark.parametrize(
    ("group", "name", "other"),
    [(group, *pair.split("/")) for group, pairs in LIGHT.items() for pair in pairs.split()],
)
def test_a_light_spelling_that_offices_write_is_written(group: str, name: str, other: str) -> None:
    assert other in {respelled(name, light.TABLES[group], Random(seed)) for seed in range(300)}


@pytest.mark.parametrize(("table", "field", "written"), JOURNEYS)
def test_a_journey_writes_what_offices_wrote(table: str, field: str, written: str) -> None:
    assert rewritten(field, table) == written


@pytest.mark.parametrize(("table", "surname", "given", "other_surname", "other_given"), DIALECTS)
def test_mandarin_is_written_syllable_by_syllable(
    table: str, surname: str, given: str, other_surname: str, other_given: str
) -> None:
    assert from_chinese.respoken(f"{surname} {given}", table, "") == f"{other_surname} {other_given}"


def test_names_part_into_syllables_of_mandarin() -> None:
    assert from_chinese.syllables("XIAOMING") == ["XIAO", "MING"]
    assert from_chinese.syllables("YANAN") == ["YA", "NAN"]
    assert from_chinese.syllables("XINGE") == ["XIN", "GE"]
    assert from_chinese.syllables("ZHONGGUANG") == ["ZHONG", "GUANG"]
    assert from_chinese.syllables("MICHAEL") == ["MICHAEL"]


def test_a_light_spelling_is_of_one_or_two_words_and_within_two_letters_in_each() -> None:
    rng, two = Random(1), []
    for person in PEOPLE:
        query = damaged(person, "light transliteration", rng)
        if query is None:
            continue
        before, after = name_of(query_of(person)), name_of(query)
        assert len(before) == len(after)
        changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
        assert all(Levenshtein.distance(one, other) <= 2 for one, other in changed)
        assert 1 <= len(changed) <= 2
        two.append(len(changed) == 2)
    assert len(two) > 0.95 * len(PEOPLE)
    assert sum(two) / len(two) == pytest.approx(0.29, abs=0.04)


def test_a_heavy_spelling_changes_two_words_or_more() -> None:
    rng, made = Random(1), 0
    for person in PEOPLE:
        query = damaged(person, "heavy transliteration", rng)
        if query is None:
            continue
        made += 1
        after = name_of(query)
        assert sum(word not in after and word not in PARTICLES for word in name_of(query_of(person))) >= 2
    assert made > 0.9 * len(PEOPLE)


@pytest.mark.parametrize("group", heavy.TABLES)
def test_a_journey_goes_further_than_an_office_of_the_same_language(group: str) -> None:
    people, rng = [person for person in PEOPLE if person.group == group], Random(2)

    def letters(damage: str) -> float:
        made = [(query_of(person), damaged(person, damage, rng)) for person in people]
        far = [Levenshtein.distance(str(name_of(clean)), str(name_of(query))) for clean, query in made if query]
        return sum(far) / len(far)

    assert letters("heavy transliteration") > 1.5 * letters("light transliteration")


def test_particles_belong_to_the_word_behind_them() -> None:
    assert units("DE LA CRUZ MORA") == ["DE LA CRUZ", "MORA"]
    assert units("ABD AL NASSER BIN SALEH") == ["ABD AL NASSER", "BIN SALEH"]
    assert units("MORA DE") == ["MORA", "DE"]
    assert units(None) == []
