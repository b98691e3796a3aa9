"""Sensitive data planted in every place of a message where it can stand, each with a mark that occurs nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.unit.messages.written import paxlst_bytes, pnrgov_bytes
from torogoz.messages.sensitive_table import DEFAULT

#: Stands beside what is planted, in the same element: where the one is, the other would be.
MARK = "QZVXPLANT"

_TRAVELLER, _FLIGHT = "TIF+MUESTRA+BENITO:A:1'", "TVL+221126:0945:221126:1120+MIA+SAL+X1+310:Y'"
_HISTORY = "ABI+4+MIA:SAL'DAT+700:201126:1000'SAC+++A'"
#: Where a segment can stand in a booking: before what is planted, and behind it.
_GROUPS = {
    "the booking": ("", _TRAVELLER + _FLIGHT),
    "the traveller": (_TRAVELLER, _FLIGHT),
    "the flight": (_TRAVELLER + _FLIGHT, ""),
    "the check-in": (f"{_TRAVELLER}{_FLIGHT}DAT+2:221126:0730'TRI++SIN-168:::1'", ""),
    "the history": (_TRAVELLER + _FLIGHT + _HISTORY, ""),
}


@dataclass(frozen=True, slots=True)
class Plant:
    """A delivery with one sensitive datum; `word` is what must not be found again, beside the mark."""

    where: str
    word: str
    data: bytes


def _bookings(segment: str) -> Iterator[tuple[str, bytes]]:
    for group, (before, behind) in _GROUPS.items():
        yield group, pnrgov_bytes(f"SRC'RCI+X1:AB12CD'{before}{segment}{behind}")


def requests() -> Iterator[Plant]:
    """Each code of the table as a request, with a text and without a name for it, in each group."""
    for code in sorted(DEFAULT.codes):
        for group, data in _bookings(f"SSR+{code}:HK:1:X1:::::{MARK}'"):
            yield Plant(f"SSR in {group}", code, data)


def texts() -> Iterator[Plant]:
    """Each word and phrase, and each code in a copy of a request, in every free text."""
    for word in sorted((*DEFAULT.words, *DEFAULT.phrases, *(f"SSR {code} X1 HK1" for code in DEFAULT.codes))):
        told = f"{MARK} {word.lower()} /{MARK}"
        for name, segment in {
            "OSI": f"IFT+4:28::X1+{told}'",
            "SSR OTHS": f"SSR+OTHS:HK:1:X1:::::{told}'",
            "second text of an OSI": f"IFT+4:28::X1+VIP+{told}'",
        }.items():
            for group, data in _bookings(segment):
                yield Plant(f"{name} in {group}", word, data)
        for group, data in _bookings(f"LTS+{told}'"):
            if group == "the history":
                yield Plant("LTS", word, data)
        yield Plant("FTX", word, paxlst_bytes(f"NAD+FL+++MUESTRA:BENITO'FTX+AAI+++{told}'ATT+2++M'"))


def titles() -> Iterator[Plant]:
    """Each title that tells a religion, after a name and, where it may stand there, before it."""
    for title in sorted(DEFAULT.titles | DEFAULT.titles_last):
        given = [f"BENITO {title}", *([f"{title} BENITO"] if title in DEFAULT.titles else [])]
        for name in given:
            yield Plant("TIF", title, pnrgov_bytes(f"SRC'RCI+X1:AB12CD'TIF+MUESTRA+{name}:A:1'{_FLIGHT}"))
            yield Plant("NAD", title, paxlst_bytes(f"NAD+FL+++MUESTRA:{name}'ATT+2++M'"))


def plants() -> list[Plant]:
    """All of them."""
    return [*requests(), *texts(), *titles()]
