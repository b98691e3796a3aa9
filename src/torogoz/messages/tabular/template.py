"""The file to download: a header for each mode, in the reader's language, with its dates' form fixed."""

from __future__ import annotations

from typing import Literal

from torogoz.domain.journey import Mode
from torogoz.messages.tabular.columns import COLUMNS

Language = Literal["es", "en"]

_JOURNEY = "mode operator number vehicle departure_place departure_local arrival_place arrival_local"
_PERSON = (
    "role surname given_names sex birth_date birth_place nationality document_type document_number document_issuer"
    " document_expiry"
)
#: mode → its columns. Those of the sea are what FAL forms 5 and 6 ask for.
_SHEETS: dict[Mode, str] = {
    Mode.AIR: f"{_JOURNEY} {_PERSON} rank residence seat bags phone email mrz mrz_2 remarks",
    Mode.SEA: f"{_JOURNEY} {_PERSON} rank visa_number embarkation_place disembarkation_place transit mrz mrz_2 remarks",
    Mode.LAND: f"{_JOURNEY} {_PERSON} residence seat bags phone mrz mrz_2 mrz_3 remarks",
}
_DATES = frozenset(("departure_local", "arrival_local", "birth_date", "document_expiry"))
_FORM: dict[Language, str] = {"es": " (DD/MM/AAAA)", "en": " (DD/MM/YYYY)"}


def template(mode: Mode, language: Language) -> bytes:
    """A file with nothing but a header: UTF-8 with a byte-order mark and semicolons, as Excel opens it in Spanish."""
    columns = [COLUMNS[key] for key in _SHEETS[mode].split()]
    names = [
        (column.es if language == "es" else column.key) + (_FORM[language] if column.key in _DATES else "")
        for column in columns
    ]
    return ("﻿" + ";".join(names) + "\r\n").encode()
