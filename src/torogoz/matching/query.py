"""What is asked of a list: one traveller as one source tells them."""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.traveller import Traveller


@dataclass(frozen=True, slots=True)
class Query:
    """A traveller to look for. Everything may be missing; the whole name may stand in `surname`."""

    surname: str | None = None
    given_names: str | None = None
    birth_date: PartialDate | None = None
    nationality: str | None = None
    sex: str | None = None
    documents: tuple[Document, ...] = ()

    @classmethod
    def of(cls, traveller: Traveller, *others: Traveller) -> Query:
        """Ask for a traveller as one source tells them; where it tells no birth date, with what the others tell.

        A booking seldom holds one: the passport's, told beside it, then rules a namesake out.
        """
        births = (source.birth_date for source in (traveller, *others) if source.birth_date)
        return cls(
            traveller.surname,
            traveller.given_names,
            next(births, None),
            traveller.nationality,
            traveller.sex.value if traveller.sex else None,
            traveller.documents,
        )
