"""What retained journeys of the same person tell. What lies beyond retention is unknown, never *first* (design §7).

The linter lets a rule ask no more than what is left can answer (`Memory`): whoever has travelled for years is a
newcomer half a year later, and must not be taken for one.
"""

from __future__ import annotations

from torogoz.domain.purpose import DataClass
from torogoz.targeting.field import API_PNR, About, Field, Kind, Memory, Range, Text

_READS = API_PNR | {DataClass.CROSSING}

FIELDS = (
    Field(
        "history.earlier_journeys",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Viajes anteriores conocidos", "Earlier journeys known"),
        Text(
            "Viajes conservados de la misma persona; desconocido no es ninguno",
            "Retained journeys of the same person; unknown is not none",
        ),
        lambda subject: subject.history.earlier_journeys,
        reads=_READS,
        possible=Range(0, 10000),
        ordinary=Range(0, 6),
        memory=Memory.LEAST,
    ),
    Field(
        "history.days_since_last",
        Kind.INTEGER,
        About.CONDUCT,
        Text("Días desde el último viaje conocido", "Days since the last known journey"),
        Text(
            "Días entre el viaje anterior conservado y este", "Days between the previous retained journey and this one"
        ),
        lambda subject: subject.history.days_since_last,
        reads=_READS,
        possible=Range(0, 10000),
        ordinary=Range(14, 400),
        memory=Memory.LAST,
    ),
)
