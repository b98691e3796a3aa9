"""Watchlists and their entries, with the terms without which none is admitted.

LR-70: owner, legal basis, purpose, reason, grade, handling, action and review date. LR-72: an entry with a name only
is advisory. Refusing what lacks them, and saying what stands for a list that has no word of three of them, is
`matching.sources`' work (docs/decisions/0027); these values hold what was admitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntFlag, StrEnum

from torogoz.domain.dates import PartialDate, age_on
from torogoz.domain.document import Document
from torogoz.domain.picture import ADULT_AGE
from torogoz.domain.purpose import Purpose


class ListAction(StrEnum):
    """What the owner of an entry asks for, once a person has confirmed the hit."""

    ARREST = "arrest"
    REFER = "refer"
    DISCREET = "discreet"
    INFORM = "inform"
    PROTECT = "protect"
    EXIT_BAN = "exit_ban"


#: action → gravity band of the queue: 1 the gravest, 4 the least.
GRAVITY: dict[ListAction, int] = {
    ListAction.ARREST: 1,
    ListAction.PROTECT: 1,
    ListAction.REFER: 2,
    ListAction.EXIT_BAN: 2,
    ListAction.DISCREET: 3,
    ListAction.INFORM: 4,
}


#: What may be asked for a child, or for whom a list is to protect: to protect, to keep a court's ban, to tell. Never as
#: a suspect (LR-73; CRC art. 3).
FOR_THEIR_SAKE = frozenset({ListAction.PROTECT, ListAction.EXIT_BAN, ListAction.INFORM})
#: Why somebody may stand on a list. Oversight looks at colleagues' work, and seeks nobody.
LIST_PURPOSES = frozenset(Purpose) - {Purpose.OVERSIGHT}


#: In how many years at most somebody must have looked at an entry anew (LR-79).
LONGEST_REVIEW_YEARS = 5


def review_within(day: date, today: date) -> date:
    """The review date of an entry that says this day: within five years (28 CFR 23.20(h), recalled; LR-79).

    What says a later one is reviewed at the end of the last year that is over by then, whichever day that is, so that a
    file that is imported every night changes nothing until a year is over.
    """
    return min(day, date(today.year + LONGEST_REVIEW_YEARS - 1, 12, 31))


class Identifiers(IntFlag):
    """What an entry knows of whom it names: the more, the fewer namesakes it raises. A birth date counts if whole."""

    NAME = 1
    BIRTH_DATE = 2
    NATIONALITY = 4
    SEX = 8
    DOCUMENT = 16


def of_a_child(births: tuple[PartialDate, ...], day: date) -> bool:
    """Whether these birth dates are a child's: under age by each, even if born on the first day that it leaves open.

    Where nothing is known of it, nobody is held to be a child.
    """
    first = (PartialDate(born.year, born.month or 1, born.day or 1) for born in births)
    ages = [age_on(born, day) for born in first]
    return bool(ages) and all(age is not None and age < ADULT_AGE for age in ages)


@dataclass(frozen=True, slots=True)
class Terms:
    """The legal terms of an entry (LR-70). `grade` is in the owner's own system, as is `handling`."""

    owner: str
    legal_basis: str
    purpose: Purpose
    reason: str
    grade: str
    handling: str
    action: ListAction
    review_on: date

    @property
    def gravity(self) -> int:
        """The band of the queue in which its hits stand."""
        return GRAVITY[self.action]


@dataclass(frozen=True, slots=True)
class Entry:
    """One person (or only a document) on a list. The first name is the main one; `terms` is None in bulk matching."""

    id: str
    names: tuple[str, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    nationalities: tuple[str, ...] = ()
    sex: str | None = None
    documents: tuple[Document, ...] = ()
    terms: Terms | None = None

    @property
    def advisory(self) -> bool:
        """Whether it names nobody closely enough to stop: neither birth date nor document (LR-72).

        A year of birth is a birth date here, as the lists write it (docs/decisions/0027).
        """
        return not self.birth_dates and not self.documents

    @property
    def identifiers(self) -> Identifiers:
        """Which identifiers it has."""
        has = (
            self.names,
            any(born.is_full for born in self.birth_dates),
            self.nationalities,
            self.sex,
            self.documents,
        )
        return Identifiers(sum(each for each, value in zip(Identifiers, has, strict=True) if value))

    def tells_the_same(self, other: Entry) -> bool:
        """Whether both tell the same of the person, in whatever order; the terms, and who the owner is, are no part."""
        return self._told() == other._told()

    def _told(self) -> tuple[object, ...]:
        several = (self.names, self.birth_dates, self.nationalities, self.documents)
        return self.sex, *(frozenset(values) for values in several)


def cells_of(entry: Entry) -> dict[str, str]:
    """An entry as the cells of a list file (contract: lists), which the reader of such files reads as the same entry.

    ValueError for an entry without its terms.
    """
    terms = entry.terms
    if terms is None:
        raise ValueError("an entry of a watchlist has its terms")
    return {
        "id": entry.id,
        "names": ";".join(entry.names),
        "birth_date": ";".join(str(born) for born in entry.birth_dates),
        "nationality": ";".join(entry.nationalities),
        "sex": entry.sex or "",
        "document_numbers": ";".join(
            f"{each.issuer or ''}:{each.type or ''}:{each.number}" if each.issuer or each.type else each.number
            for each in entry.documents
        ),
        "owner": terms.owner,
        "legal_basis": terms.legal_basis,
        "purpose": terms.purpose.value,
        "reason": terms.reason,
        "grade": terms.grade,
        "handling": terms.handling,
        "action": terms.action.value,
        "review_on": terms.review_on.isoformat(),
    }


def is_large(changes: int, entries: int, percent: int) -> bool:
    """Whether so many changes are more than this share of a list of so many entries: of none, every change is."""
    return changes * 100 > entries * percent
