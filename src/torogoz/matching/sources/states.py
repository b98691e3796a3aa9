"""States as published lists name them, in codes or in English words, as three-letter codes.

A name is the set of its words without *of*, *the* and *and*: `Korea, North` and `North Korea` are one, and so are `Iran
(Islamic Republic of)` and `Islamic Republic of Iran`. The table is ISO 3166 (pycountry) with the names that lists of
the United States and the United Nations use beside it. What is not in it is not guessed.
"""

from __future__ import annotations

import pycountry

from torogoz.domain.name import fold
from torogoz.messages.countries import country

_Words = frozenset[str]
_LINKING = frozenset({"OF", "THE", "AND"})
_ALSO = {
    "BRN": ("Brunei",),
    "CIV": ("Ivory Coast",),
    "COD": ("DRC",),
    "CPV": ("Cape Verde",),
    "CZE": ("Czech Republic",),
    "FSM": ("Micronesia",),
    "GBR": ("Great Britain",),
    "KNA": ("St. Kitts and Nevis",),
    "LBY": ("Libyan Arab Jamahiriya",),
    "LCA": ("St. Lucia",),
    "MAC": ("Macau",),
    "MKD": ("Macedonia", "Former Yugoslav Republic of Macedonia"),
    "MMR": ("Burma",),
    "PRK": ("DPRK",),
    "PSE": (
        "Palestine",
        "Palestinian",
        "Palestinian Territories",
        "Occupied Palestinian Territory",
        "Palestinian Authority",
    ),
    "RKS": ("Kosovo", "XK"),
    "RUS": ("Russia",),
    "SWZ": ("Swaziland",),
    "TLS": ("East Timor",),
    "TUR": ("Turkey",),
    "VAT": ("Vatican", "Vatican City", "Holy See"),
    "VCT": ("St. Vincent and the Grenadines",),
}


def _words(name: str) -> _Words:
    return frozenset(fold(name).split()) - _LINKING


def _table() -> dict[_Words, str]:
    table = {_words(name): code for code, names in _ALSO.items() for name in names}
    for each in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            if name := getattr(each, attribute, ""):
                table.setdefault(_words(name), each.alpha_3)
    return table


_NAMES = _table()


def state(text: str) -> str | None:
    """The code of a state by its code or its English name; None for what is neither.

    Parts of states and what lies between two (`gb-sct`, `cy-trnc`: OpenSanctions) count for the state named first.
    """
    first, dash, _ = text.strip().partition("-")
    return country(first if dash and len(first) == 2 else text) or _NAMES.get(_words(text))
