"""One person of a published list, gathered value by value, as a row of our own columns.

So every format ends in the same row, and what is admitted or refused is decided in one place (`csv.admitted`). A value
that cannot be read is left out and counted; how many values one person may have is bounded.
"""

from __future__ import annotations

import re
from collections import Counter

from torogoz.domain.document import MIN_DOCUMENT_SIGNS, document_key
from torogoz.matching.normalise import MAX_SIGNS
from torogoz.matching.sources.birth_dates import Dates
from torogoz.matching.sources.left_out import Left
from torogoz.matching.sources.rows import CONTROL, CellFault, Fault, RefusedRow, Row
from torogoz.matching.sources.states import state

#: As many names, and of each other value, are kept of one person (hostile lists hold thousands).
MOST_NAMES = 1_000
MOST_VALUES = 100
_MOST_NUMBER_SIGNS = 80
_SEXES = {"M": "M", "MALE": "M", "F": "F", "FEMALE": "F", "X": "X", "OTHER": "X"}
_FORMULA = re.compile(r"\s*[=+@-]")
#: What no number may hold: the signs that part numbers in our column, and those that begin a formula.
_NO_NUMBER = re.compile(r"\s*[=+@-]|.*[;:]", re.DOTALL)


class Listed:
    """What a list says of a person; `left` counts what could not be read. Names keep their order, weak ones go last."""

    def __init__(self, line: int, identity: str, left: Counter[Left]) -> None:
        self.line = line
        self.id = " ".join(identity.split())
        self._left = left
        self._names: dict[str, None] = {}
        self._weak: dict[str, None] = {}
        self._births: dict[str, None] = {}
        self._states: dict[str, None] = {}
        self._sexes: dict[str, None] = {}
        self._documents: dict[str, None] = {}

    def name(self, *parts: str, weak: bool = False) -> None:
        """A name, whole or in parts; a weak alias is one that the publisher itself calls so."""
        text = " ".join(" ".join(parts).replace(";", " ").split())
        if not text:
            return
        kept = len(self._names) + len(self._weak) < MOST_NAMES and len(text) <= MAX_SIGNS
        if not kept or _FORMULA.match(text) or CONTROL.search(text):
            self._left[Left.NAME] += 1
        else:
            (self._weak if weak else self._names)[text] = None

    def born(self, dates: Dates | Left) -> None:
        """A birth date, or the years it may be in."""
        if isinstance(dates, Left):
            self._left[dates] += 1
            return
        for each in dates:
            self._keep(self._births, str(each), Left.DATE)

    def state(self, text: str) -> None:
        """A nationality."""
        found = state(text)
        self._keep(self._states, found, Left.STATE)

    def sex(self, text: str) -> None:
        """A sex, in a letter or an English word."""
        self._keep(self._sexes, _SEXES.get(text.strip().upper()), Left.SEX)

    def document(self, number: str, kind: str = "", issuer: str = "") -> None:
        """A document; an issuer that is no state is left out, a number too short to find anybody too."""
        usable = len(number) <= _MOST_NUMBER_SIGNS and len(document_key(number)) >= MIN_DOCUMENT_SIGNS
        usable = usable and not _NO_NUMBER.match(number) and not CONTROL.search(number)
        issued = state(issuer) or ""
        if issuer.strip() and not issued:
            self._left[Left.STATE] += 1
        self.joined(f"{issued}:{kind}:{number.strip()}" if usable else None)

    def joined(self, document: str | None) -> None:
        """A document as our own column writes it; None for one that cannot be used."""
        self._keep(self._documents, document, Left.DOCUMENT)

    @property
    def documents(self) -> tuple[str, ...]:
        """Its documents, as our own column writes them."""
        return tuple(self._documents)

    def row(self, entry: str | None = None) -> Row | RefusedRow:
        """The person as a row. Where two sexes are said, none is: one of them is wrong."""
        if CONTROL.search(self.id):
            return RefusedRow(self.line, (CellFault(Fault.CONTROL, "id"),), entry)
        cells = {
            "id": self.id,
            "names": ";".join(self._names | self._weak),
            "birth_date": ";".join(self._births),
            "nationality": ";".join(self._states),
            "sex": next(iter(self._sexes)) if len(self._sexes) == 1 else "",
            "document_numbers": ";".join(self._documents),
        }
        return Row(self.line, cells, entry)

    def _keep(self, kept: dict[str, None], value: str | None, otherwise: Left) -> None:
        if value is None or len(kept) >= MOST_VALUES:
            self._left[otherwise] += 1
        else:
            kept[value] = None


def told_entry(identity: str) -> str | None:
    """A publisher's number of an entry as a refusal may repeat it; None where it is long or might be anything.

    For XML only, which is often one line: of whom a list names and this home refuses, nothing more is kept than needed.
    """
    return identity if re.fullmatch(r"[A-Za-z0-9._-]{1,80}", identity) else None
