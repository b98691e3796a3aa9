"""Names that are one name, by table."""

from __future__ import annotations

import pytest

from tests.unit.matching.people import ask, crowd, entry
from torogoz.matching import Query, build, match, wade_giles
from torogoz.matching.arabic import READINGS
from torogoz.matching.variants import GROUPS, variants_of
from torogoz.matching.wade_giles import given_name_of, syllable_of

GROUPED = [line.split() for table in GROUPS.values() for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("PEPE", "JOSE"),
        ("CHEPE", "JOSE"),
        ("PACO", "FRANCISCO"),
        ("LUPE", "GUADALUPE"),
        ("MA", "MARIA"),
        ("JS", "JOSE"),
        ("HDEZ", "HERNANDEZ"),
        ("BILL", "WILLIAM"),
        ("SASHA", "ALEKSANDR"),
        ("SASHA", "ALEKSANDRA"),
        ("JOSE", "GIUSEPPE"),
        ("JUAN", "JOHN"),
        ("IBRAHIM", "ABRAHAM"),
        ("ABDUL", "ABD"),
        ("GAMAL", "JAMAL"),
        ("WONG", "HUANG"),
    ],
)
def test_forms_of_one_name_are_variants_both_ways(short: str, full: str) -> None:
    assert full in variants_of(short)
    assert short in variants_of(full)


@pytest.mark.parametrize(("one", "two"), [("SASHA", "ALEX"), ("ALEKSANDR", "ALEKSANDRA"), ("PEPE", "PACO")])
def test_a_name_of_two_groups_does_not_join_them(one: str, two: str) -> None:
    assert two not in variants_of(one)


def test_a_word_that_is_in_no_group_has_no_variant() -> None:
    assert variants_of("EJEMPLO") == ()
    assert variants_of("") == ()


def test_the_table_is_of_names_in_capital_letters_and_says_where_it_can_be_checked() -> None:
    """No group of one, no name twice in a group, and nothing that normalising would change."""
    assert all(len(source) > 20 for source in GROUPS)
    for group in (*GROUPED, *READINGS.values()):
        assert all(word.isascii() and word.isalpha() and word.isupper() for word in group)
        assert len(set(group)) == len(group)
    assert min(map(len, GROUPED)) > 1


def test_no_name_has_more_variants_than_a_look_up_can_bear() -> None:
    assert max(len(variants_of(word)) for group in GROUPED for word in group) <= 30


def test_a_variant_weighs_less_than_the_name_and_never_hides_something_nearer() -> None:
    """PEPE is a slip away from PEPA and a form of JOSE; JOSE itself says more."""
    listed = [entry("W-1", "JOSE EJEMPLO"), entry("W-2", "PEPA EJEMPLO")]
    index = build([*listed, *crowd(60)])
    told = {
        (asked, each.entry.id, evidence.code): evidence.millibits
        for asked in ("PEPE", "JOSE")
        for each in match(ask("EJEMPLO", asked), index, 0.000001)
        for evidence in each.evidence
        if dict(evidence.values).get("asked") == asked
    }
    assert ("PEPE", "W-2", "name_typo") in told
    assert told["PEPE", "W-1", "name_variant"] < told["JOSE", "W-1", "name_same"]


def test_a_diminutive_in_a_booking_finds_the_listed_name_and_says_so() -> None:
    """The evidence names the rule, so that an analyst sees what was taken for what."""
    index = build([entry(names="JOSE EJEMPLO PRUEBA", sex="M"), *crowd(60)])
    (found,) = match(ask("EJEMPLO PRUEBA", "CHEPE", sex="M"), index, 0.5)
    assert ("name_variant", "CHEPE", "JOSE") in {
        (each.code, dict(each.values).get("asked"), dict(each.values).get("listed")) for each in found.evidence
    }


def test_every_syllable_is_read_in_a_name_of_two() -> None:
    """The first look at a word passes all that are two syllables."""
    for syllable, others in wade_giles._OTHERS.items():
        assert set(syllable_of(syllable)) == {*others} - {syllable}
        for other in others:
            assert other + "XIAO" in given_name_of(syllable + "HSIAO")
            assert "XIAO" + other in given_name_of("HSIAO" + syllable)


@pytest.mark.parametrize(
    ("listed", "surname", "given_names"),
    [
        ("Deng Xiaoping", "TENG", "HSIAO-P'ING"),
        ("Deng Xiaoping", "TENG", "HSIAOPING"),
        ("Zhou Enlai", "CHOU", "EN LAI"),
        ("Cai Yingwen", "TS'AI", "YINGWEN"),
        ("Chiang Chienkuo", "JIANG", "JIANGUO"),
        ("Mao Zedong", "MAO", "TSE-TUNG"),
        ("Li Keqiang", "LEE", "KEQIANG"),
    ],
)
def test_chinese_in_wade_giles_is_chinese_in_pinyin(listed: str, surname: str, given_names: str) -> None:
    """Family names and given names, in one word and in two, with and without the apostrophe."""
    (found,) = match(Query(surname, given_names), build([entry(names=listed)]), 0.000001)
    assert {each.code for each in found.evidence if each.field == "name"} <= {"name_same", "name_variant", "name_typo"}
