"""Who was cleared once is not stopped again for the same entry; an impostor, a changed entry and a doubt are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from torogoz.domain.clearance import Bearer, Clearance, Ruled, Unbound, bearer, drawn, rests_on_number, rule
from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.hit import Cause, CauseKind, Evidence, RaisedHit, Ruling, Stance
from torogoz.domain.purpose import Purpose
from torogoz.domain.traveller import Traveller, TravellerRole

BORN = PartialDate(1988, 2, 29)
PASSPORT = Document("A-0123 4567", "P", "SLV")
ANA = Bearer("A01234567", "SLV", frozenset({"1988-02-29"}))
CLEARED = Clearance(1, "hash", "SLV", "1988-02-29", current=True)


def told(*documents: Document, born: PartialDate | None = BORN) -> Traveller:
    return Traveller(TravellerRole.PASSENGER, surname="EJEMPLO", birth_date=born, documents=documents)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ((told(PASSPORT),), ANA),
        ((told(PASSPORT), told(Document("A01234567", "P", "SLV"))), ANA),
        ((told(PASSPORT), told(born=None)), ANA),
        ((told(PASSPORT, Document("99", "V", "USA")),), ANA),
        ((told(PASSPORT), told(Document("A01234567"))), ANA),
        ((told(),), Unbound.NO_DOCUMENT),
        ((told(Document("A01234567")),), Unbound.NO_DOCUMENT),
        ((told(Document(" - ", "P", "SLV")),), Unbound.NO_DOCUMENT),
        ((told(PASSPORT), told(Document("B1", "P", "SLV"))), Unbound.SEVERAL_DOCUMENTS),
        ((told(PASSPORT), told(Document("A01234567", "P", "GTM"))), Unbound.SEVERAL_DOCUMENTS),
        ((told(PASSPORT, born=None),), Unbound.NO_BIRTH_DATE),
        ((told(PASSPORT, born=PartialDate(1988)),), Unbound.NO_BIRTH_DATE),
        ((told(PASSPORT), told(born=PartialDate(1988, 2, 28))), Unbound.SEVERAL_BIRTH_DATES),
        ((told(PASSPORT), told(born=PartialDate(1988))), Unbound.SEVERAL_BIRTH_DATES),
    ],
)
def test_somebody_is_who_all_sources_say_alike_and_else_nobody(
    sources: tuple[Traveller, ...], expected: Bearer | Unbound
) -> None:
    found = bearer(sources)
    assert (found.unbound or found) == expected
    assert found.unbound is None or not found.number


def test_a_birth_date_is_one_only_where_all_tell_it() -> None:
    assert ANA.birth_date == "1988-02-29"
    assert Bearer(birth_dates=frozenset({"1988-02-29", "1988-02-28"})).birth_date == ""


def test_the_same_document_birth_date_and_entry_are_cleared() -> None:
    assert rule(ANA, ["hash"], [CLEARED], number_listed=False) == Ruled(Ruling.CLEARED, CLEARED)


@pytest.mark.parametrize(
    ("who", "document", "known", "number_listed", "expected"),
    [
        (ANA, "other", CLEARED, False, Ruling.OTHER_DOCUMENT),
        (Bearer("A01234567", "GTM", ANA.birth_dates), "hash", CLEARED, False, Ruling.OTHER_DOCUMENT),
        (ANA, "hash", Clearance(1, "hash", "SLV", "1988-02-29", current=False), False, Ruling.OLDER_ENTRY),
        (Bearer(birth_dates=ANA.birth_dates, unbound=Unbound.NO_DOCUMENT), "", CLEARED, False, Ruling.UNCERTAIN),
        (ANA, "hash", CLEARED, True, Ruling.NUMBER_LISTED),
        (ANA, "hash", Clearance(1, "hash", "SLV", "1988-03-01", current=True), False, None),
    ],
)
def test_whatever_is_another_raises_and_says_that_a_clearance_existed(
    *, who: Bearer, document: str, known: Clearance, number_listed: bool, expected: Ruling | None
) -> None:
    found = rule(who, [document], [known], number_listed=number_listed)
    assert (found.ruling if found else None) == expected


REDRESS = Clearance(2, "hash", "SLV", "1988-02-29", current=True, proof=True, redress="R202678")


def test_a_redress_number_that_is_told_stands_for_a_document_that_is_not() -> None:
    """LR-63: its holder may put it in the booking, which often tells no document."""
    told_so = bearer([structs.replace(told(), government_reference="R-2026-78")])
    assert told_so.unbound is Unbound.NO_DOCUMENT
    assert rule(told_so, (), [CLEARED, REDRESS], number_listed=False) == Ruled(Ruling.CLEARED, REDRESS)
    aged = replace(REDRESS, current=False)
    assert rule(told_so, (), [aged], number_listed=False) == Ruled(Ruling.OLDER_ENTRY, aged)


@pytest.mark.parametrize(
    "sources",
    [
        (told(Document("Z9", "P", "SLV")),),
        (told(Document("Z9")),),
        (told(), told(Document("Z9", "P", "SLV"))),
        (told(born=PartialDate(1988)), told()),
        (told(born=PartialDate(1988, 2, 28)), told()),
    ],
)
def test_a_redress_number_clears_nobody_with_another_document_or_a_doubtful_birth_date(
    sources: tuple[Traveller, ...],
) -> None:
    """Whoever learnt the number bears a document of their own."""
    first, *others = sources
    found = bearer([structs.replace(first, government_reference="R202678"), *others])
    ruled = rule(found, ["other"] if found.number else [], [REDRESS], number_listed=False)
    assert ruled
    assert ruled.ruling in (Ruling.OTHER_DOCUMENT, Ruling.UNCERTAIN)


def test_another_number_or_that_of_another_kind_of_proof_clears_nobody() -> None:
    other = bearer([structs.replace(told(), government_reference="R1")])
    assert rule(other, (), [REDRESS], number_listed=False) == Ruled(Ruling.UNCERTAIN, REDRESS)
    none = bearer([told()])
    certificate = replace(REDRESS, redress="")
    assert rule(none, (), [certificate], number_listed=False) == Ruled(Ruling.UNCERTAIN, certificate)


def test_a_proof_comes_before_what_a_reviewer_remembered_and_the_newest_before_older_ones() -> None:
    proof = Clearance(1, "hash", "SLV", "1988-02-29", current=True, proof=True)
    newer = Clearance(7, "hash", "SLV", "1988-02-29", current=True)
    found = rule(ANA, ["hash"], [newer, CLEARED, proof], number_listed=False)
    assert found
    assert found.clearance is proof
    found = rule(ANA, ["hash"], [CLEARED, newer], number_listed=False)
    assert found
    assert found.clearance is newer


KNOWN = st.builds(
    Clearance,
    st.integers(1, 9),
    st.sampled_from(["hash", "other"]),
    st.sampled_from(["SLV", "GTM"]),
    st.sampled_from(["1988-02-29", "1990-01-01"]),
    current=st.booleans(),
    proof=st.booleans(),
)


@given(known=st.lists(KNOWN, max_size=5), number_listed=st.booleans(), unbound=st.sampled_from([None, *Unbound]))
def test_nobody_is_cleared_but_by_a_clearance_that_binds_all_three(
    *, known: list[Clearance], number_listed: bool, unbound: Unbound | None
) -> None:
    who = Bearer("A01234567", "SLV", ANA.birth_dates, unbound)
    found = rule(who, ["hash"], known, number_listed=number_listed)
    binds = [c for c in known if (c.document, c.issuer, c.birth_date, c.current) == ("hash", "SLV", "1988-02-29", True)]
    cleared = found is not None and found.ruling is Ruling.CLEARED
    assert cleared == bool(binds and unbound is None and not number_listed)
    assert found is None or found.clearance in known
    assert not cleared or (found and found.clearance in binds)


def test_a_hit_rests_on_a_number_only_where_it_speaks_for_it() -> None:
    hit = RaisedHit(1, Cause(CauseKind.WATCHLIST, "l", "W", 1), 2, True, Purpose.SERIOUS_CRIME, 1, None, (), ())
    against = Evidence("document", Stance.AGAINST, -1, "document_other")
    same = Evidence("document", Stance.FOR, 9, "document_same")
    named = Evidence("name", Stance.FOR, 9, "name_same")
    for evidence, expected in (((), False), ((against, named), False), ((named, same), True)):
        assert rests_on_number(replace(hit, evidence=evidence)) is expected


@given(st.integers(0, 2**32 - 1), st.integers(0, 100))
def test_a_draw_is_one_in_so_many_and_none_and_all_at_the_ends(value: int, percent: int) -> None:
    keyed = f"{value:08x}"
    assert drawn(keyed, 100)
    assert not drawn(keyed, 0)
    assert drawn(keyed, percent) == (Fraction(value, 2**32) < Fraction(percent, 100))
