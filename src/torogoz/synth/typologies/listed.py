"""Suspects who stand on a list, under their own or a disturbed identity; and those whom a list protects.

The disturbed ones travel on a document that the list does not know: only name and birth date can find them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from msgspec import structs

from torogoz.domain.traveller import Traveller
from torogoz.domain.watchlist import ListAction
from torogoz.synth.noise import swap_day_month, swap_names, typo
from torogoz.synth.truth import Expected, Planted
from torogoz.synth.typologies.stage import Change, Stage, fully_known, in_both, seat, with_each
from torogoz.synth.watchlists import DOCUMENTS, PERSONS, Listed, transliterations


def listed_exactly(stage: Stage) -> list[Planted]:
    """A listed person under their own name and birth date."""
    return _under_another_document(stage, "listed_exactly", None)


def listed_with_typo(stage: Stage) -> list[Planted]:
    """… with one slip of the finger in the surname."""

    def slip(traveller: Traveller, rng: Random) -> Traveller:
        slipped = traveller.surname or ""
        while slipped == traveller.surname:
            slipped = " ".join(typo(slipped, rng).split())
        return structs.replace(traveller, surname=slipped)

    return _under_another_document(stage, "listed_with_typo", slip)


def listed_transliterated(stage: Stage) -> list[Planted]:
    """… in another spelling of the same name, which the list does not give."""

    def spellings(one: Listed) -> list[tuple[str, str | None]]:
        return [
            (surname, given)
            for surname, given in transliterations(one.person)
            if f"{surname}, {given}" not in one.entry.names
        ]

    def admits(one: Listed) -> bool:
        return fully_known(one) and bool(spellings(one))

    one = stage.listed(admits)
    surname, given = stage.rng.choice(spellings(one))
    return _book(
        stage,
        "listed_transliterated",
        one,
        lambda traveller, _: structs.replace(traveller, surname=surname, given_names=given),
    )


def listed_with_names_swapped(stage: Stage) -> list[Planted]:
    """… with the given names in the place of the surname."""
    return _under_another_document(stage, "listed_with_names_swapped", swap_names)


def listed_with_day_and_month_swapped(stage: Stage) -> list[Planted]:
    """… with day and month of birth exchanged."""

    def admits(one: Listed) -> bool:
        born = one.person.birth_date
        return fully_known(one) and born.day <= 12 and born.day != born.month

    return _under_another_document(stage, "listed_with_day_and_month_swapped", swap_day_month, admits)


def listed_under_one_surname(stage: Stage) -> list[Planted]:
    """… who leaves the second surname out."""

    def shorten(traveller: Traveller, _rng: Random) -> Traveller:
        return structs.replace(traveller, surname=(traveller.surname or "").split()[0])

    def admits(one: Listed) -> bool:
        return fully_known(one) and len(one.person.surnames) == 2

    return _under_another_document(stage, "listed_under_one_surname", shorten, admits)


def listed_by_document(stage: Stage) -> list[Planted]:
    """Somebody of no interest by name, with a document that was reported lost or stolen."""
    entry = stage.rng.choice(stage.watchlists.documents)
    document = structs.replace(entry.documents[0], expiry=stage.day + timedelta(days=900))
    load = stage.load()
    household, person = stage.stranger(document.issuer or "SLV")
    reservation = stage.book(load, household, (replace(person, passport=document),))
    cause = f"{DOCUMENTS}:{entry.id}"
    return seat(load, reservation, "listed_by_document", Expected.HIT, cause, "bears a listed document")


def listed_minor(stage: Stage) -> list[Planted]:
    """A child whom a court protects, with an adult who is not named in the order."""
    one = stage.listed(lambda item: item.entry.terms is not None and item.entry.terms.action is ListAction.PROTECT)
    load = stage.load()
    household, adult = stage.stranger("SLV")
    reservation = stage.book(load, household, (adult, one.person))
    cause = f"{PERSONS}:{one.entry.id}"
    planted = seat(load, reservation, "listed_minor", Expected.PROTECTION, cause, "the child of an adult and a child")
    return [record for record in planted if record.person == one.person.id]


def listed_by_name_only(stage: Stage) -> list[Planted]:
    """Somebody who bears the name of an entry that knows nothing else: never more than advisory (LR-72)."""
    one = stage.listed(lambda item: item.entry.advisory and item.person.given_names is not None)
    return _book(stage, "listed_by_name_only", one, None, Expected.ADVISORY)


def _under_another_document(
    stage: Stage, typology: str, change: Change | None, admits: Callable[[Listed], bool] = fully_known
) -> list[Planted]:
    return _book(stage, typology, stage.listed(admits), change)


def _book(
    stage: Stage, typology: str, one: Listed, change: Change | None, expected: Expected = Expected.HIT
) -> list[Planted]:
    load = stage.load()
    household, _ = stage.stranger(one.person.nationality)
    person = replace(one.person, passport=stage.fresh_passport(one.person.nationality))
    reservation = stage.book(load, household, (person,))
    if change:
        reservation = with_each(reservation, in_both(change, stage.rng))
    return seat(load, reservation, typology, expected, f"{PERSONS}:{one.entry.id}", "on a document no list knows")
