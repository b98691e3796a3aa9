"""What keyboards, agents and host systems do to a traveller's data on the way, at rates that are parameters.

Each change is recorded with the field and the kind, so that recall can be measured by kind. Planted travellers are
never garbled by chance: their typology says exactly what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from torogoz.domain.dates import PartialDate
from torogoz.domain.traveller import Sex, Traveller

_NEIGHBOURS = {
    "A": "SQ", "B": "VN", "C": "XV", "D": "SF", "E": "WR", "F": "DG", "G": "FH", "H": "GJ", "I": "UO", "J": "HK",
    "K": "JL", "L": "KP", "M": "N", "N": "BM", "O": "IP", "P": "OL", "Q": "WA", "R": "ET", "S": "AD", "T": "RY",
    "U": "YI", "V": "CB", "W": "QE", "X": "ZC", "Y": "TU", "Z": "XS",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """One change: which of two sources says it, what kind, and of which traveller (locator and reference)."""

    source: str
    kind: str
    locator: str
    reference: str


def typo(word: str, rng: Random) -> str:
    """One slip of a finger: a neighbouring key, a letter left out, doubled, or two exchanged; never the first."""
    if len(word) < 3:
        return word + word[-1:]
    place = rng.randrange(1, len(word) - 1)
    slip = rng.randrange(4)
    if slip == 0 and word[place] in _NEIGHBOURS:
        return word[:place] + rng.choice(_NEIGHBOURS[word[place]]) + word[place + 1 :]
    if slip == 1:
        return word[:place] + word[place + 1 :]
    if slip == 2 and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place] + word[place:]


def _typo_in_surname(traveller: Traveller, rng: Random) -> Traveller:
    # A doubled or wandering blank is no slip that anybody could see.
    return replace(traveller, surname=" ".join(typo(traveller.surname or "", rng).split()))


def swap_names(traveller: Traveller, _rng: Random) -> Traveller:
    """Given names where the surname belongs, and the other way round."""
    if traveller.given_names is None:
        return traveller
    return replace(traveller, surname=traveller.given_names, given_names=traveller.surname)


def _truncate(traveller: Traveller, _rng: Random) -> Traveller:
    return replace(
        traveller,
        surname=_cut(traveller.surname or "", 14),
        given_names=_cut(traveller.given_names or "", 9) or None,
    )


def _cut(name: str, length: int) -> str:
    """The first letters of a name; a stump of one or two letters behind a blank is left out, as hosts do."""
    cut = name[:length].strip()
    head, _, stump = cut.rpartition(" ")
    return head if head and len(stump) < 3 and len(name) > length else cut


def _join_given(traveller: Traveller, _rng: Random) -> Traveller:
    return replace(traveller, given_names=(traveller.given_names or "").replace(" ", "") or None)


def _drop_second_surname(traveller: Traveller, _rng: Random) -> Traveller:
    return replace(traveller, surname=(traveller.surname or "").split(" ", maxsplit=1)[0])


def _no_birth_date(traveller: Traveller, _rng: Random) -> Traveller:
    return replace(traveller, birth_date=None)


def swap_day_month(traveller: Traveller, _rng: Random) -> Traveller:
    """Day and month exchanged, where the calendar allows."""
    born = traveller.birth_date
    if born is None or born.day is None or born.month is None or born.day > 12:
        return traveller
    return replace(traveller, birth_date=PartialDate(born.year, born.day, born.month))


def _wrong_digit(traveller: Traveller, rng: Random) -> Traveller:
    if not traveller.documents:
        return traveller
    first, *others = traveller.documents
    place = rng.randrange(len(first.number))
    wrong = "8" if first.number[place] != "8" else "3"
    changed = replace(first, number=first.number[:place] + wrong + first.number[place + 1 :])
    return replace(traveller, documents=(changed, *others))


def _wrong_sex(traveller: Traveller, _rng: Random) -> Traveller:
    if traveller.sex is None:
        return traveller
    return replace(traveller, sex=Sex.MALE if traveller.sex is Sex.FEMALE else Sex.FEMALE)


def _no_document(traveller: Traveller, _rng: Random) -> Traveller:
    return replace(traveller, documents=())


class Kind(NamedTuple):
    """A kind of noise: what it does, and how often it happens in the API and in the PNR of a traveller."""

    change: Callable[[Traveller, Random], Traveller]
    api: float
    pnr: float


#: kind → what it does and its rates. API is mostly read from the document, a PNR is mostly typed.
KINDS: dict[str, Kind] = {
    "typo": Kind(_typo_in_surname, 0.004, 0.012),
    "names_swapped": Kind(swap_names, 0.003, 0.006),
    "truncated": Kind(_truncate, 0.006, 0.010),
    "given_names_joined": Kind(_join_given, 0.002, 0.020),
    "second_surname_dropped": Kind(_drop_second_surname, 0.003, 0.120),
    "birth_date_missing": Kind(_no_birth_date, 0.004, 0.012),
    "day_and_month_swapped": Kind(swap_day_month, 0.002, 0.004),
    "document_digit_wrong": Kind(_wrong_digit, 0.001, 0.002),
    "document_missing": Kind(_no_document, 0.001, 0.000),
    "sex_wrong": Kind(_wrong_sex, 0.001, 0.003),
}


def garble(traveller: Traveller, source: str, rng: Random) -> tuple[Traveller, list[Noise]]:
    """Apply each kind of noise by chance; say which were applied. `source` is `api` or `pnr`."""
    records = []
    for name, kind in KINDS.items():
        if rng.random() < (kind.api if source == "api" else kind.pnr):
            changed = kind.change(traveller, rng)
            if changed != traveller:
                traveller = changed
                records.append(Noise(source, name, traveller.record_locator or "", traveller.reference or ""))
    return traveller, records
