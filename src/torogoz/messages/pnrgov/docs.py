"""The free text of SSR DOCS and DOCO (IATA Resolution 830d forms, as PNRGOV carries them).

DOCS: `/type/issuer/number/nationality/birth/sex/expiry/surname/given/middle`. Leading fields may be empty, and some
senders leave out the first stroke, so the fields are counted from the birth date, which is unmistakable. DOCO:
`/birth place/V/number/place of issue/date/country`, where V is a visa and R the number of a redress; that of a known
traveller (K) is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATE = re.compile(r"(?:\d{1,2}[A-Z]{3}(?:\d{2}|\d{4})|\d{4}-\d{2}-\d{2})\Z")
_SEX = re.compile(r"[MFUX]I?\Z")
_VISA = "V"
_REDRESS = "R"
_KINDS = frozenset((_VISA, _REDRESS, "K"))


@dataclass(frozen=True, slots=True)
class Docs:
    """A travel document and its holder as one request gives them; texts, not yet checked. `""` is *not sent*."""

    type: str
    issuer: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    surname: str
    given: str

    @property
    def infant(self) -> bool:
        """Whether the sex code is one of an infant (MI, FI)."""
        return self.sex.endswith("I")


@dataclass(frozen=True, slots=True)
class Other:
    """Where somebody was born, and a visa or a redress number, as DOCO gives them; texts, not yet checked.

    `nation` is the state that the visa is for. `""` is *not sent*.
    """

    birth_place: str = ""
    number: str = ""
    issue_place: str = ""
    issued: str = ""
    nation: str = ""
    redress: str = ""


def read_docs(text: str) -> Docs:
    """Read the text of DOCS."""
    fields = [field.strip() for field in text.upper().split("/")]
    birth = _birth_place(fields)
    padded = [""] * 4 + fields + [""] * 10
    start = birth + 4
    kind, issuer, number, nationality, born, sex, expiry, surname, *given = padded[start - 4 : start + 6]
    return Docs(kind, issuer, number, nationality, born, sex, expiry, surname, " ".join(filter(None, given)))


def _birth_place(fields: list[str]) -> int:
    """Where the birth date stands: the first date, unless the sex is right before it: then that is the expiry."""
    for place, field in enumerate(fields):
        if _DATE.match(field.replace(" ", "")):
            expires = place >= 2 and _SEX.match(fields[place - 1])
            return place - 2 if expires else place
    return 5 if fields[0] == "" else 4


def read_other(text: str) -> Other:
    """Read the text of DOCO. Its kind tells where the fields stand: leading ones may be missing, and the first stroke.

    Without a kind only the birth place is read, and only where the field of the kind is known to be empty.
    """
    fields = [field.strip() for field in text.upper().split("/")]
    kind = next((place for place, field in enumerate(fields[:3]) if field in _KINDS), None)
    if kind is None:
        alone = len(fields) > 1 and not fields[0] and not any(fields[2:])
        return Other(fields[1]) if alone else Other()
    birth_place = fields[kind - 1] if kind else ""
    number, place, issued, nation, *_ = [*fields[kind + 1 :], "", "", "", ""]
    if fields[kind] == _REDRESS:
        return Other(birth_place, redress=number)
    if fields[kind] != _VISA:
        return Other(birth_place)
    return Other(birth_place, number, place, issued, nation)
