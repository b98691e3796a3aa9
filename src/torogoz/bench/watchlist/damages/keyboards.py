"""Keys that lie beside each other, and letters that sound alike when a name is spelled over the telephone."""

from __future__ import annotations

#: The rows of letters; each row lies half a key to the right of the one above.
_LAYOUTS = {
    "QWERTY": ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"),
    "QWERTZ": ("QWERTZUIOP", "ASDFGHJKL", "YXCVBNM"),
    "AZERTY": ("AZERTYUIOP", "QSDFGHJKLM", "WXCVBN"),
}
#: The letters of each key of a telephone: one press too many or too few.
_TELEPHONE = ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ")
#: Letter names that a bad line does not tell apart, in English and in Spanish.
_HEARD = ("BPVDTEG", "MN", "FSX", "AHK", "IY", "UQ", "CZS", "JG", "LR")


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    at = {key: (row, column + row / 2) for row, keys in enumerate(rows) for column, key in enumerate(keys)}
    return {
        key: "".join(
            other
            for other, (row, column) in at.items()
            if other != key and abs(row - here[0]) <= 1 and abs(column - here[1]) <= 1
        )
        for key, here in at.items()
    }


def _alike(groups: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for group in groups:
        for letter in group:
            found[letter] = found.get(letter, "") + group.replace(letter, "")
    return found


#: layout → letter → the letters that are struck for it.
KEYS = {name: _neighbours(rows) for name, rows in _LAYOUTS.items()} | {"telephone": _alike(_TELEPHONE)}
#: letter → the letters heard for it.
HEARD = _alike(_HEARD)
