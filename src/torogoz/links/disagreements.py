"""Where the sources of one traveller disagree, field by field, for a person to look at.

Takes the views of a traveller (API first, then PNR, say); gives the fields in which two views that both tell something
cannot be one: surname, given names, birth date, sex, nationality, document. Tolerant of what is equivalent: folded
spelling, glued or ordered words, titles, a date that only knows less, a document whose signs are spaced. What only one
source tells is no disagreement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from torogoz.domain.dates import DateRelation, relate_dates
from torogoz.domain.traveller import Sex, Traveller
from torogoz.links.names import NameForm, resemblance


class DisputedField(StrEnum):
    """The fields that are compared, in the order in which a dossier shows them."""

    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    NATIONALITY = "nationality"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field and the positions of the views that cannot both be right about it."""

    field: DisputedField
    views: tuple[int, ...]


def disagreements(views: Sequence[Traveller]) -> tuple[Disagreement, ...]:
    """Compare every two views and give the disputed fields in their order."""
    found = []
    for field, differ in _COMPARERS.items():
        disputed = {
            place
            for (at_one, one), (at_two, two) in combinations(enumerate(views), 2)
            if differ(one, two)
            for place in (at_one, at_two)
        }
        if disputed:
            found.append(Disagreement(field, tuple(sorted(disputed))))
    return tuple(found)


def _whole_names_agree(one: Traveller, two: Traveller) -> bool:
    """Whether the same letters only stand in other places: no field of such names is disputed."""
    relation = resemblance(NameForm.of_traveller(one), NameForm.of_traveller(two))
    return relation is not None and relation.strong


def _surnames_differ(one: Traveller, two: Traveller) -> bool:
    first, second = NameForm.of(one.surname, None), NameForm.of(two.surname, None)
    return _words_differ(first, second) and not _whole_names_agree(one, two)


def _given_names_differ(one: Traveller, two: Traveller) -> bool:
    first, second = NameForm.of(None, one.given_names), NameForm.of(None, two.given_names)
    return _words_differ(first, second) and not _whole_names_agree(one, two)


def _words_differ(one: NameForm, two: NameForm) -> bool:
    if not one.ordered or not two.ordered:
        return False
    relation = resemblance(one, two)
    return relation is None or not relation.strong


def _birth_dates_differ(one: Traveller, two: Traveller) -> bool:
    return relate_dates(one.birth_date, two.birth_date) not in (None, DateRelation.EQUAL, DateRelation.COMPATIBLE)


def _sexes_differ(one: Traveller, two: Traveller) -> bool:
    told = {one.sex, two.sex} - {None, Sex.UNSPECIFIED}
    return len(told) > 1


def _nationalities_differ(one: Traveller, two: Traveller) -> bool:
    return len({one.nationality, two.nationality} - {None}) > 1


def _documents_differ(one: Traveller, two: Traveller) -> bool:
    """Whether both show documents of one kind and none of the same number."""
    for document in one.documents:
        rivals = [other for other in two.documents if (other.type or "P") == (document.type or "P")]
        if rivals and all(other.key != document.key for other in rivals):
            return True
    return False


_COMPARERS: dict[DisputedField, Callable[[Traveller, Traveller], bool]] = {
    DisputedField.SURNAME: _surnames_differ,
    DisputedField.GIVEN_NAMES: _given_names_differ,
    DisputedField.BIRTH_DATE: _birth_dates_differ,
    DisputedField.SEX: _sexes_differ,
    DisputedField.NATIONALITY: _nationalities_differ,
    DisputedField.DOCUMENT: _documents_differ,
}
