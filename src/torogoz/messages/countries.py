"""Country codes as messages send them: ISO 3166 alpha-3, its alpha-2 (a common deviation), and those of Doc 9303."""

from __future__ import annotations

import pycountry

#: Codes that ICAO Doc 9303-3 §5 adds to ISO 3166 for issuers and nationalities.
_DOC_9303 = "EUE GBD GBN GBO GBP GBS IAO RKS UNA UNK UNO UTO XBA XCC XCE XCO XEC XES XIM XMP XOM XPO XXA XXB XXC XXX"
_ALPHA_3: dict[str, str] = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
_CODES = frozenset(_ALPHA_3.values()) | set(_DOC_9303.split())
#: Germany's in Doc 9303: zones say it, and lists and other messages the one of ISO, so that both must be one state.
_GERMANY = {"D": "DEU"}
COUNTRIES: dict[str, str] = {**{code: code for code in _CODES}, **_ALPHA_3, **_GERMANY}


def country(code: str) -> str | None:
    """The three-letter code, also of Germany, which documents call `D`; None for what is no code."""
    return COUNTRIES.get(code) or COUNTRIES.get(code.strip().upper())
