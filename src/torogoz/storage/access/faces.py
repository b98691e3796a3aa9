"""How a traveller is named on lists: what those sources say of them that the asker's purpose may read.

The columns of a row are computed from all its sources. Where the purpose reads all of them the columns are shown;
where it reads some, what those said is opened; where it reads none, the traveller is not there (design §2: a civil
exit ban never reads PNR). A masked traveller has no face for any purpose: every value of it is empty (LR-25).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from torogoz.domain.purpose import DataClass
from torogoz.storage.keys import keyring
from torogoz.storage.models import JourneyTraveller, Observation
from torogoz.storage.party import view_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from torogoz.domain.traveller import Traveller


@dataclass(frozen=True, slots=True)
class Face:
    """A traveller in one line; what is not known, or not readable, is an empty text."""

    surname: str
    given_names: str
    birth_date: str
    nationality: str
    sex: str
    seat: str
    record_locator: str
    masked: bool = False


#: What a masked record shows of whom it is about.
MASKED = Face("", "", "", "", "", "", "", masked=True)


def sources(row: JourneyTraveller) -> frozenset[DataClass]:
    """The classes that speak of a traveller."""
    return frozenset(
        source for source, speaks in ((DataClass.API, row.has_api), (DataClass.PNR, row.has_pnr)) if speaks
    )


def faces(rows: Iterable[JourneyTraveller], classes: Collection[DataClass]) -> dict[int, Face]:
    """The faces of travellers by their id; who cannot be read is left out."""
    found: dict[int, Face] = {}
    partly: set[int] = set()
    for row in rows:
        own = sources(row)
        if row.masked_at:
            found[row.pk] = MASKED
        elif own <= set(classes):
            found[row.pk] = Face(
                row.surname,
                row.given_names,
                row.birth_date,
                row.nationality,
                row.sex,
                row.seat,
                row.record_locator,
            )
        elif own & set(classes):
            partly.add(row.pk)
    return found | _opened(partly, classes)


def _opened(travellers: set[int], classes: Collection[DataClass]) -> dict[int, Face]:
    """What the readable source last said of each."""
    said = Observation.objects.filter(traveller__in=travellers, data_class__in=classes).order_by("said_at", "pk")
    last = {traveller: pk for pk, traveller in said.values_list("pk", "traveller_id")}
    return {
        observation.traveller_id: _face(view_of(observation, keyring()).traveller)
        for observation in Observation.objects.filter(pk__in=last.values())
    }


def _face(said: Traveller) -> Face:
    return Face(
        said.surname or "",
        said.given_names or "",
        str(said.birth_date or ""),
        said.nationality or "",
        str(said.sex or ""),
        said.seat or "",
        said.record_locator or "",
    )
