"""Names as carriers and lists write them, folded to the alphabet of the machine-readable zone.

Both sides of every comparison meet in A–Z (ICAO Doc 9303-3 §6: one of the legal spellings; matching/ expands the
others). Folding is for comparing and sorting only: what is shown is always what was sent.
"""

from __future__ import annotations

import re
import unicodedata

#: Letters that do not decompose, and the German and Nordic digraphs that Doc 9303 prescribes.
_LETTERS = str.maketrans(
    {
        "Æ": "AE",
        "Œ": "OE",
        "Ø": "OE",
        "ß": "SS",
        "ẞ": "SS",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "Ł": "L",
        # Its dot would part the word in two.
        "Ŀ": "L",
        "Ħ": "H",
        "Ŧ": "T",
        "Ŋ": "N",
        "ı": "I",
        "ĸ": "Q",
        "'": "",
        "’": "",
        "`": "",
        "´": "",
        ".": "",
    }
)
_OTHER = re.compile(r"[^A-Z]+")


def fold(text: str) -> str:
    """Fold to A–Z words parted by one blank: `Núñez-O'Brien` gives `NUNEZ OBRIEN`. Digits and signs part words."""
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII, b"'`.").decode().split())
    if max(text) < _BEYOND_LATIN:
        return " ".join(text.translate(_LATIN).split())
    return _spread(text).strip()


def _spread(text: str) -> str:
    """The same with the blanks that stand for other signs."""
    plain = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS))
    return _OTHER.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign)).upper())


#: Most names have no other letters than these, which fold one by one: what each folds to is written down once.
_BEYOND_LATIN = "\u0250"
_LATIN = {code: _spread(chr(code)) for code in range(ord(_BEYOND_LATIN))}
_ASCII = bytes(ord(_LATIN[code] or " ") if code < 128 else 0 for code in range(256))


def words(*parts: str | None) -> tuple[str, ...]:
    """The folded words of several name parts, in order; a part that is None gives none."""
    return tuple(word for part in parts if part for word in fold(part).split())
