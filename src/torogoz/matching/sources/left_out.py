"""What a reader passes over in a list without refusing the entry, and what a list does not say, counted by reason.

A file of one's own is refused line by line until it is right. A publisher's file cannot be corrected by who imports it,
and a country that is misspelt there must not cost the whole entry: the value is left out, and the report says how many.
Of any file are counted the entries for which a term stands that nobody stated, and the names that an entry has beyond
those that are compared.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from torogoz.matching.normalise import MAX_ALIASES
from torogoz.matching.sources.rows import Language


class Left(StrEnum):
    """Why something of a file stands in no entry and in no refusal."""

    KIND = "kind"
    TOPIC = "topic"
    NAME = "name"
    DATE = "date"
    RANGE = "range"
    STATE = "state"
    SEX = "sex"
    DOCUMENT = "document"
    BESIDE = "beside"
    CUT = "cut"
    ALIAS = "alias"
    REASON = "reason"
    HANDLING = "handling"
    ACTION = "action"
    REVIEW = "review"


#: reason → what the number behind it counts.
LEFT: dict[Left, dict[Language, str]] = {
    Left.KIND: {
        "es": "registros que no son de personas (organizaciones, buques, direcciones)",
        "en": "records that are no persons (organisations, vessels, addresses)",
    },
    Left.TOPIC: {"es": "personas sin ninguno de los temas pedidos", "en": "persons with none of the topics asked for"},
    Left.NAME: {"es": "nombres que no se pueden comparar", "en": "names that cannot be compared"},
    Left.DATE: {"es": "fechas de nacimiento que no se pueden leer", "en": "birth dates that cannot be read"},
    Left.RANGE: {
        "es": "fechas de nacimiento entre más de 10 años",
        "en": "birth dates somewhere in more than 10 years",
    },
    Left.STATE: {"es": "nacionalidades que no están en la tabla", "en": "nationalities that are not in the table"},
    Left.SEX: {"es": "sexos que no están en la tabla", "en": "sexes that are not in the table"},
    Left.DOCUMENT: {"es": "documentos sin un número utilizable", "en": "documents without a usable number"},
    Left.BESIDE: {
        "es": "alias o documentos de otros registros que no se pudieron unir",
        "en": "aliases or documents of other records that could not be joined",
    },
    Left.CUT: {
        "es": "observaciones que quien publica la lista cortó: sin su última frase",
        "en": "remarks that the publisher cut off: without their last sentence",
    },
    Left.ALIAS: {
        "es": f"nombres que se conservan y no se comparan, más allá de los primeros {MAX_ALIASES} de una entrada",
        "en": f"names that are kept and not compared, beyond the first {MAX_ALIASES} of an entry",
    },
    Left.REASON: {
        "es": "entradas cuyo motivo nadie indicó, y es la base legal",
        "en": "entries whose reason nobody stated, so that it is the legal basis",
    },
    Left.HANDLING: {
        "es": "entradas cuyo manejo nadie indicó, y es C (con condiciones)",
        "en": "entries whose handling nobody stated, so that it is C (with conditions)",
    },
    Left.ACTION: {
        "es": "entradas para las que nadie indicó qué se pide, y es informar",
        "en": "entries for which nobody stated what is asked, so that it is to inform",
    },
    Left.REVIEW: {
        "es": "entradas cuya revisión está a más de cinco años, y se revisan antes",
        "en": "entries whose review is more than five years away, and which are reviewed sooner",
    },
}


def told(left: Counter[Left], language: Language) -> list[str]:
    """What was left out, in words: `names that cannot be compared: 12`."""
    return [f"{LEFT[reason][language]}: {left[reason]:,}" for reason in Left if left[reason]]
