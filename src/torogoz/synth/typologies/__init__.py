"""People planted on purpose: those whom a good centre raises, and the innocents whom it must leave alone.

Suspects are listed people under their own or a disturbed identity, documents reported stolen, and the patterns that
open literature describes and the shipped example rules look for. Innocents look like them: namesakes, a family on one
card, a school trip. None is garbled by chance: each is exactly what the name of its typology says.
"""

from __future__ import annotations

from collections.abc import Callable

from torogoz.synth.truth import Planted
from torogoz.synth.typologies import innocents, listed, patterns
from torogoz.synth.typologies.stage import Stage

__all__ = ["TYPOLOGIES", "Stage", "plant"]

#: Every typology, in the order in which it is planted.
TYPOLOGIES: tuple[Callable[[Stage], list[Planted]], ...] = (
    listed.listed_exactly,
    listed.listed_by_document,
    listed.listed_with_typo,
    listed.listed_transliterated,
    listed.listed_with_names_swapped,
    listed.listed_with_day_and_month_swapped,
    listed.listed_under_one_surname,
    listed.listed_minor,
    listed.listed_by_name_only,
    patterns.late_cash_one_way,
    patterns.shared_phone,
    patterns.shared_card,
    patterns.minors_without_relative,
    patterns.identity_swapped,
    patterns.expiring_document,
    patterns.quick_turn_around,
    innocents.namesake,
    innocents.namesake_close_in_age,
    innocents.family_on_one_card,
    innocents.school_trip,
    innocents.relief_worker,
)


def plant(stage: Stage, cases: int) -> list[Planted]:
    """Plant every typology so many times; give the truth of each traveller."""
    return [planted for _ in range(cases) for typology in TYPOLOGIES for planted in typology(stage)]
