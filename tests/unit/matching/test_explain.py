"""Evidence in words: complete in both languages, and without whole identifiers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.matching.people import ENTRIES, QUERIES, ask, entry
from torogoz.domain.document import Document
from torogoz.domain.hit import Evidence, Stance
from torogoz.domain.watchlist import Entry
from torogoz.matching import Query, build, match
from torogoz.matching.explain import SENTENCES, Language, likelihood, sentence


def card(query: Query, listed: Entry, language: Language = "en") -> list[str]:
    """The evidence of the only match, in words."""
    (seen,) = match(query, build([listed]), 0.000001)
    return [sentence(each, language) for each in seen.evidence]


def test_a_card_reads_as_the_contract_shows_it() -> None:
    """Every field is told, the name word by word with its frequency on this list."""
    listed = entry(names="MARIA GARCIA LOPEZ DE LA VEGA", document="A01234567")
    assert card(ask("GARCIA LOPES", "MARIA", "1988-11-02", "GTM", "M", "C1234567"), listed) == [
        "GARCIA = GARCIA, 1 in 1 on this list",
        "MARIA = MARIA, 1 in 1 on this list",
        "LOPES ≈ LOPEZ, heard the same; 1 in 1 on this list",
        "the list also has VEGA",
        "birth date 1988-11-02 is 1988-02-11 with day and month exchanged",
        "nationality GTM is not SLV",
        "sex M is not F",
        "another document number, perhaps a renewal",
        "before comparing: a list of 1",
    ]


def test_a_card_in_spanish() -> None:
    """The same facts in Spanish, with what could not be compared said so."""
    query = ask("GARZIA LOPE", "M ELENA", None, None, None)
    assert card(query, entry(names="MARIA GARCIA LOPEZ"), "es") == [
        "LOPE… puede ser LOPEZ cortado; 1 de cada 1 en esta lista",
        "GARZIA ≈ GARCIA, suenan igual; 1 de cada 1 en esta lista",
        "M y MARIA: uno es la inicial del otro",
        "el viajero tiene además ELENA",
        "fecha de nacimiento no comparada: falta en un lado",
        "nacionalidad no comparada: falta en un lado",
        "sexo no comparado: falta en un lado",
        "documento no comparado: falta en un lado",
        "antes de comparar: una lista de 1",
    ]


def test_names_that_differ_on_both_sides_are_told_as_different() -> None:
    """`PEREZ is not LOPEZ` weighs against; a cut and a heard word say which they are."""
    told = card(ask("GARCIA PEREZ", "MARIA"), entry())
    assert "PEREZ is not LOPEZ" in told
    told = card(ask("MUHAMMAD", "FERNAN"), entry(names="MOHAMED FERNANDEZ"))
    assert any("heard the same" in line for line in told)
    assert any(line.startswith("FERNAN… may be FERNANDEZ cut short") for line in told)


def test_document_numbers_are_shortened() -> None:
    """Evidence is kept and shown; whole numbers are in the dossier, behind its own door."""
    for issuer in ("SLV", "GTM"):
        query = Query(documents=(Document("A01234567", "P", issuer),))
        told = card(query, Entry("D-1", documents=(Document("A-0123-4567", "P", "SLV"),)))
        assert any("…567" in line for line in told)
        assert not any("A0123" in line for line in told)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_stands_in_both_languages_with_the_same_values(code: str) -> None:
    """Neither language says more than the other."""
    spanish, english = SENTENCES[code]["es"], SENTENCES[code]["en"]
    assert spanish
    assert english
    assert set(re.findall(r"{(\w+)}", spanish)) == set(re.findall(r"{(\w+)}", english))


@given(st.lists(ENTRIES, max_size=6, unique_by=lambda each: each.id), QUERIES)
def test_all_evidence_can_be_put_into_words(entries: list[Entry], query: Query) -> None:
    """No code without a sentence, no sentence without its values, and the stance agrees with the weight."""
    for found in match(query, build(entries), 0.000001):
        for each in found.evidence:
            assert sentence(each, "es")
            assert sentence(each, "en")
            assert (each.millibits < 0) == (each.stance is Stance.AGAINST)


@given(st.floats(0, 1))
def test_no_probability_is_shown_as_certain(probability: float) -> None:
    """Neither 100 % nor 0 %, and between them the nearest whole number."""
    shown = likelihood(probability)
    assert shown not in {"100 %", "0 %"}
    if 0.005 < probability < 0.995:
        assert abs(int(shown.removesuffix(" %")) - 100 * probability) <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("probability", "shown"),
    [(0.0, "< 1 %"), (0.004999, "< 1 %"), (0.01, "1 %"), (0.746742, "75 %"), (0.994, "99 %"), (0.9999, "> 99 %")],
)
def test_a_probability_is_shown_in_whole_hundredths(probability: float, shown: str) -> None:
    assert likelihood(probability) == shown


def test_a_code_fills_its_sentence_from_its_values() -> None:
    """A stored piece of evidence reads the same years later."""
    stored = Evidence("sex", Stance.FOR, 900, "sex_same", (("asked", "F"),))
    assert sentence(stored, "es") == "mismo sexo: F"
