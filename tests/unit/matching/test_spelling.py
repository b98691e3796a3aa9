"""An asked name is parted, glued and completed as the list knows it. All people are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import NAMES, ask, crowd, entry
from torogoz.matching import Match, Query, build, match
from torogoz.matching.excerpt import excerpt, restore
from torogoz.matching.spelling import spellings_of, words_put
from torogoz.matching.transliterate import MAX_SPELLINGS

ALL_SAME = {"name_same"}


def found(listed: str | tuple[str, ...], surname: str | None, given_names: str | None) -> Match | None:
    """The listed person as a traveller of that name and birth date finds them, among people of other names."""
    index = build([entry(names=listed), *crowd(60)])
    query = ask(surname, given_names)
    seen = next((each for each in match(query, index) if each.entry.id == "W-1"), None)
    if seen is not None:
        assert match(query, restore(excerpt(index, [query], seen.entry), seen.entry)) == (seen,)
    return seen


def codes(seen: Match | None) -> set[str]:
    """What the name's evidence consists of."""
    assert seen is not None
    return {each.code for each in seen.evidence if each.field == "name"}


@pytest.mark.parametrize(
    ("listed", "surname", "given_names"),
    [
        ("JEAN-CLAUDE EJEMPLO", "EJEMPLO", "JEANCLAUDE"),
        ("JEANCLAUDE EJEMPLO", "EJEMPLO", "JEAN-CLAUDE"),
        ("MOHAMMED MUAMMAR QADHAFI", "MOHAMMED MUAMMA RQADHAFI", None),
        ("NIKOLAI PATRUSHEV", "PATR USHEV", "NIKOLAI"),
        ("NIKOLAI PATRUSHEV", "NIKOLAIP ATRUSHEV", None),
        ("NIKOLAI PATRUSHEV", "NIKO LAIPATRUSHEV", None),
        ("ANA EJEMPLO", "EJEMPLO", "ANAMRS"),
        ("SEAN O BRIEN", "OBRIEN", "SEAN"),
        ("SEAN O'BRIEN", "O BRIEN", "SEAN"),
        ("WANG XIAO MING", "WANG", "XIAOMING"),
        ("WANG XIAOMING", "WANG", "XIAO MING"),
        ("王小明", "XIAOMING", "WANG"),
        ("王小明", "WANG", "XIAO MING"),
        ("KIM JONG SU", "KIM", "JONGSU"),
        ("RAMI AL EJEMPLO", "ALEJEMPLO", "RAMI"),
        ("ABDULRAHMAN EJEMPLO", "EJEMPLO", "ABD AL RAHMAN"),
        ("ABDULRAHMAN EJEMPLO", "EJEMPLO", "ABDULRAHMAN"),
        ("ABD AL RAHMAN EJEMPLO", "EJEMPLO", "ABDURRAHMAN"),
        ("عبد الرحمن الزهراني", "ALZAHRANI", "ABDULRAHMAN"),
        ("SURESH KUMAR", "KUMAR SURESH", "SURESH KUMAR"),
        ("KUMAR", "KUMAR", "KUMAR"),
        ("PEÑA MUÑOZ ANA", "PENXXA MUNXXOZ", "ANA"),
        ("PENA MUNOZ ANA", "PENXXA MUNXXOZ", "ANA"),
        ("Müller Jürgen", "MUELLER", "JUERGEN"),
        ("Jürgen Müller", "Müller", "Jürgen"),
        ("Сергей Ющенко", "YUSHCHENKO", "SERGEY"),
        ("SERGEI IUSHCHENKO", "Ющенко", "Сергей"),
        ("MARIA GARCIA LOPEZ", "MARIA GARCIA LOPEZ", None),
        ("MARIA GARCIA LOPEZ", "MARIA", "LOPEZ GARCIA"),
        ("Claire Bernard née Martin", "BERNARD MARTIN", "CLAIRE"),
        ("JUAN CARLOS GARCIA LOPEZ", "GARCIALOPEZJUANCARLOS", None),
        ("JUAN CARLOS GARCIA LOPEZ", "GARCIA LOPEZ", "JUANCARLOS"),
        ("ANA LUZ MARIA GARCIA LOPEZ", "GARCIALOPEZ", "ANALUZMARIA"),
        ("ANA LUZ MARIA GARCIA LOPEZ RIVAS", "GARCIALOPEZRIVAS", "ANALUZMARIA"),
        ("MARIA DE LA PAZ GARCIA LOPEZ", "GARCIALOPEZMARIADELAPAZ", None),
        ("JUAN CARLOS GARCIA LOPEZ", "GARCIALOPEZJUANCARLOSMR", None),
        ("WANG LI XIAO", "WANGLIXIAO", None),
        ("LIU YI FEI", "LIUYIFEI", None),
        ("GARCIALOPEZ JUAN", "GARCIA LOPEZ", "JUAN"),
        ("OSCINDO SOUZA DA SILVA", "SOUZADA SILVA", "OSCINDO"),
    ],
)
def test_one_name_written_two_ways_is_one_name(listed: str, surname: str, given_names: str | None) -> None:
    """Nothing of it is taken for another word, and an excerpt of the list answers alike."""
    assert codes(found(listed, surname, given_names)) == ALL_SAME


@pytest.mark.parametrize(
    ("listed", "surname", "given_names", "also"),
    [
        ("NIKOLAI PLATONOVICH PATRUSHEV", "PATRUSHEV", "NIKOLAI", "name_missing"),
        ("NIKOLAI PLATONOVICH PATRUSHEV", "PATRUSHEV", "NIKOLAI P", "name_initial"),
        ("NIKOLAI PATRUSHEV", "PATRUSHEV", "NIKOLAI PLATONOVICH", "name_extra"),
        ("USAMA BIN AWAD BIN EJEMPLO", "BIN EJEMPLO", "USAMA", "name_missing"),
        ("MARIA GARCIA LOPEZ", "GARCIA", "MARIA", "name_missing"),
        ("MARIA JOSE GARCIA LOPEZ", "GARCIA LOPEZ", "MA JOSE", "name_variant"),
        ("JEAN-CLAUDE EJEMPLO", "EJEMPLO", "J.-C.", "name_initial"),
        ("JEAN-CLAUDE EJEMPLO", "EJEMPLO", "JC", "name_initial"),
        ("ISABEL INES EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "II", "name_initial"),
        ("JUANA NATALIA ROSA EJEMPLO", "EJEMPLO", "JNR", "name_initial"),
        ("ANA SOFIA EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "AS", "name_initial"),
        ("ANA ROSA MARIA PAZ EJEMPLO", "EJEMPLO", "ARMP", "name_initial"),
        ("MARIA JOSE CATALINA EJEMPLO", "EJEMPLO", "MARIAJC", "name_initial"),
        ("JUAN CARLOS EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "JCMR", "name_initial"),
        ("EVA EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "E", "name_initial"),
        ("JOSE YAGO EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "J Y", "name_initial"),
        ("ANA BINT SAMIR EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "ANA B", "name_missing"),
        ("JUAN CARLOS GARCIA LOPEZ", "GARCIALOPWZJUANCARLOS", None, "name_typo"),
        ("JUAN FERNANDO GARCIA LOPEZ", "GARCIALOPEZJUANFERNA", None, "name_cut"),
    ],
)
def test_a_part_that_is_dropped_or_shortened_is_told(listed: str, surname: str, given_names: str, also: str) -> None:
    """Patronymics, fathers, second surnames and second given names may be missing, and the evidence says which."""
    assert also in codes(found(listed, surname, given_names))


def test_the_one_word_of_a_name_is_two_though_somebody_is_called_so() -> None:
    """SEIBAN is listed, and may be SEI BAN written in one, all the same."""
    index = build([entry(names="SEI BAN"), entry("W-2", names="SEIBAN EJEMPLO"), *crowd(60)])
    query = ask("SEIBAN", None)
    seen = next(each for each in match(query, index) if each.entry.id == "W-1")
    assert codes(seen) == ALL_SAME
    assert match(query, restore(excerpt(index, [query], seen.entry), seen.entry)) == (seen,)


@pytest.mark.parametrize(
    ("surname", "given_names", "answered"),
    [("EJEMPLO", "SU", 2), ("EJEMPLO", "ANA MV", 2), ("LI", "SU", 0), ("EJEMPLO", "ANA SU", 0)],
)
def test_initials_in_one_may_be_a_word_of_the_list(surname: str, given_names: str, answered: int) -> None:
    """As all there is of the given names beside a surname of no syllables, or without a vowel behind the first one."""
    listed = f"{surname} {'SERGEY UFANOVICH' if given_names.endswith('SU') else 'ANA MARIA VICTORIA'}"
    index = build([entry(names=listed), entry("W-2", names="SU LI"), *crowd(60)])
    seen = next(each for each in match(ask(surname, given_names), index, 1e-6) if each.entry.id == "W-1")
    assert sum(each.code == "name_initial" for each in seen.evidence) == answered


@pytest.mark.parametrize(
    ("given_names", "known", "answered"),
    [
        ("MRVA", "OTRA", 4),
        ("MRVA", "MRVA", 0),
        ("MARA", "OTRA", 0),
        ("DMRV", "DMRV", 4),
        ("DORAVM", "OTRA", 2),
        ("DORAVM", "DORAVM", 0),
        ("DORAMR", "OTRA", 0),
        ("DORAMRS", "OTRA", 0),
        ("DORATH", "OTRA", 0),
        ("DORANN", "OTRA", 0),
        ("DORANT", "OTRA", 0),
        ("BEN", "OTRA", 0),
        ("VMR", "OTRA", 3),
        ("VMRS", "OTRA", 1),
        ("DORAMA", "OTRA", 0),
        ("DORAM", "OTRA", 0),
        ("ALBAMRVD", "OTRA", 0),
        ("MR", "OTRA", 0),
        ("AA", "OTRA", 2),
        ("DORA MARA", "OTRA", 0),
        ("DORA AD", "OTRA", 0),
    ],
)
def test_what_may_well_be_a_name_or_a_title_is_no_initials(given_names: str, known: str, answered: int) -> None:
    """Four letters that are listed or can be said, a word that is listed in one, a title, how words end, a vowel.

    One letter or more than three behind a name, and a particle that is a name or stands behind one, neither.
    """
    listed = "EJEMPLO, MARIA ANA RAQUEL ALBA DORA VERA DIANA TERESA NURIA BLANCA ELENA HILDA"
    index = build([entry(names=listed), entry("W-2", names=f"{known} MUESTRA"), *crowd(60)])
    query = ask("EJEMPLO", given_names)
    seen = next(each for each in match(query, index, 1e-6) if each.entry.id == "W-1")
    assert sum(each.code == "name_initial" for each in seen.evidence) == answered
    assert match(query, restore(excerpt(index, [query], seen.entry), seen.entry), 1e-6) == (seen,)


@pytest.mark.parametrize("sent", ["J", "JJ"])
def test_an_initial_that_is_sent_twice_is_one(sent: str) -> None:
    """Some reservation systems take no given name of one letter, and double it."""
    assert "name_extra" not in codes(found("JUANA EJEMPLO MUESTRA", "EJEMPLO MUESTRA", sent))


@pytest.mark.parametrize(
    ("given_names", "is_cut"),
    [("FERNAN", True), ("FERN", True), ("FER", False), ("ANA FERNAN", True), ("FERNAN ANA", False)],
)
def test_only_the_last_word_of_a_field_may_be_cut(given_names: str, *, is_cut: bool) -> None:
    """Fields are cut at their end, and a beginning of less than four letters says nothing."""
    assert ("name_cut" in codes(found("FERNANDEZ EJEMPLO ANA", "EJEMPLO", given_names))) == is_cut


def test_a_field_that_is_full_was_cut_and_its_last_word_may_be_two_letters() -> None:
    """PAXLST holds 35 signs a field: what stands at its end is the beginning of something."""
    listed, full = "ANA EJEMPLO MUESTRA PRUEBAZ VALDIVIESO", "EJEMPLO DE LA MUESTRA DE PRUEBAZ VA"
    assert len(full) == 35
    assert "name_cut" in codes(found(listed, full, "ANA"))
    assert "name_akin_beginning" in codes(found(listed, full.replace("LA ", ""), "ANA"))


def test_in_a_passport_that_is_full_any_word_may_be_cut() -> None:
    """Doc 9303-4 shortens what it likes so that a name fits 39 places, fillers included."""
    listed, surname, given_names = "BEATRICE VALENTINA EJEMPLO MUESTRA", "EJEMPLO DE LA MUESTRA", "VALENTI BEATRICE"
    assert len(surname) + len(given_names) == 37
    assert "name_cut" in codes(found(listed, surname, given_names))
    assert "name_akin_beginning" in codes(found(listed, surname.replace("LA ", ""), given_names))


@pytest.mark.parametrize("title", ["MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR", "DRA", "SR", "SRA", "SRTA"])
@pytest.mark.parametrize("given_names", ["ANA", "JULIO"])
def test_a_title_that_a_carrier_glued_to_a_name_is_no_part_of_it(title: str, given_names: str) -> None:
    """Whichever it is, also to a word that has a slip besides."""
    assert codes(found(f"{given_names} EJEMPLO MUESTRA", "EJEMPLO MUESTRA", given_names + title)) == ALL_SAME
    assert "name_typo" in codes(found("JULIO EJEMPLO MUESTRA", "EJEMPLO MUESTRA", "JULOI" + title))


def test_a_blank_that_was_put_back_is_not_moved_again() -> None:
    """Else the list would be asked for words that nobody sent, and an excerpt could not answer."""
    vocabulary = build([entry(names=("AB CDE", "CD EFG"))]).vocabulary
    asked = [each.words for each in spellings_of([Query("A BCDE FG")], vocabulary)[0][0]]
    assert asked == [("A", "BCDE", "FG"), ("AB", "CDE", "FG")]


@given(st.lists(NAMES, min_size=1, max_size=4), NAMES, st.none() | NAMES)
def test_spellings_are_bounded_and_none_is_twice(listed: list[str], surname: str, given_names: str | None) -> None:
    vocabulary = build([entry(names=listed)]).vocabulary
    (found,), _ = spellings_of([Query(surname, given_names)], vocabulary)
    plain = all(part is None or part.isascii() for part in (surname, given_names))
    assert len({each.words for each in found}) == len(found) <= (12 if plain else 12 * MAX_SPELLINGS)
    assert all(len(each.words) == len(each.neighbours) for each in found)


@given(st.text(max_size=30), st.none() | st.text(max_size=30))
def test_any_text_is_asked_by_words_of_a_to_z(surname: str, given_names: str | None) -> None:
    assert all(word.isascii() and word.isupper() for word in words_put(Query(surname, given_names)))
