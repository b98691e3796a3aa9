"""What is asked of a list: one traveller as one source tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Traveller
from torogoz.matching.normalise import PARTICLES, name_words


@dataclass(frozen=True, slots=True)
class Query:
    """A traveller to look for. Everything may be missing; the whole name may stand in `surname`.

    `whole_name` is False where something of the name is known to be missing, or may well be: one word is then nobody's
    full name.
    """

    surname: str | None = None
    given_names: str | None = None
    birth_date: PartialDate | None = None
    nationality: str | None = None
    sex: str | None = None
    documents: tuple[Document, ...] = ()
    whole_name: bool = True

    @classmethod
    def of(cls, traveller: Traveller, *others: Traveller, booked: bool = False) -> Query:
        """Ask for a traveller as one source tells them; where it tells no birth date, with what the others tell.

        A booking seldom holds one: the passport's, told beside it, then rules a namesake out. A name is whole where no
        other source has more words of it; and a booking's, `booked`, where both of its fields are filled.
        """
        births = (source.birth_date for source in (traveller, *others) if source.birth_date)
        return cls(
            traveller.surname,
            traveller.given_names,
            next(births, None),
            traveller.nationality,
            traveller.sex.value if traveller.sex else None,
            traveller.documents,
            _is_whole(traveller, others, booked=booked),
        )


def _is_whole(traveller: Traveller, others: Iterable[Traveller], *, booked: bool) -> bool:
    """Whether a name is all of the name; more than a word is not asked about, since it names somebody as it is."""
    if _word_count(traveller) != 1:
        return True
    lacking = booked and not (name_words(traveller.surname) and name_words(traveller.given_names))
    return not lacking and all(_word_count(other) <= 1 for other in others)


def _word_count(traveller: Traveller) -> int:
    """How many different words a name has, titles, placeholders and particles aside."""
    words = set(name_words(traveller.surname, traveller.given_names))
    return len(words - PARTICLES) or len(words)
