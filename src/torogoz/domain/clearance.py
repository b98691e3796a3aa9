"""Homonym memory: when somebody who was cleared once is not stopped again for the same entry, as a pure function.

A clearance binds three things: the number and issuer of the person's document, their birth date, and the entry in the
version that was compared. Where all three are met again the hit stands in the dossier and not in the queue. Where any
of them is another it is raised as ever, and says that a clearance existed: an impostor may bear the name and the birth
date, but not the document.

Where no source tells a document, the number of a redress stands for it: its holder may put it in the booking. With
another document it clears nobody.

What speaks against memory is never weighed: sources that disagree about the document, one that tells none, two
documents, and a hit that rests on a document's number, which is no look-alike. All of these raise.

Sources: LR-44, LR-63, LR-64 (redress numbers, Constancia de Homónimo), LR-65 (a repeated stop is an incident).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from torogoz.domain.answer import VISA
from torogoz.domain.document import Document, document_key
from torogoz.domain.hit import RaisedHit, Ruling, Stance
from torogoz.domain.traveller import Traveller


class ProofKind(StrEnum):
    """What a person may bring that shows that they are another (LR-63, LR-64)."""

    REDRESS_NUMBER = "redress_number"
    HOMONYM_CERTIFICATE = "homonym_certificate"
    NO_RESTRICTION_CERTIFICATE = "no_restriction_certificate"


class Unbound(StrEnum):
    """Why nothing can be remembered of a traveller, or why what is remembered cannot be applied to them."""

    NO_DOCUMENT = "no_document"
    SEVERAL_DOCUMENTS = "several_documents"
    NO_BIRTH_DATE = "no_birth_date"
    SEVERAL_BIRTH_DATES = "several_birth_dates"
    NUMBER_LISTED = "number_listed"
    ENTRY_GONE = "entry_gone"


class Repeat(StrEnum):
    """How a person who was cleared for an entry came to be decided about again for it.

    `same` met all that the clearance binds: the incident whose target is none. The others are counted apart.
    """

    SAME = "same"
    OTHER_DOCUMENT = "other_document"
    OLDER_ENTRY = "older_entry"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Bearer:
    """What all sources together say of who somebody is; `unbound` where they do not say it alike, or at all.

    `number` is written for comparing (`document_key`). `birth_dates` are all full ones that any source tells, ISO 8601.
    `redress` are the authorities' references to somebody of one birth date of whom no document is told.
    """

    number: str = ""
    issuer: str = ""
    birth_dates: frozenset[str] = frozenset()
    unbound: Unbound | None = None
    redress: frozenset[str] = frozenset()

    @property
    def birth_date(self) -> str:
        """The birth date that all sources tell; empty where they do not."""
        return next(iter(self.birth_dates)) if len(self.birth_dates) == 1 else ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance in force for the entry of a hit, as values: `document` is a keyed hash, `proof` whether its own term.

    `current` is whether the entry still says what it said when the person was cleared. `redress` is the number of a
    redress, written for comparing; empty where the clearance is none.
    """

    id: int
    document: str
    issuer: str
    birth_date: str
    current: bool
    proof: bool = False
    redress: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What memory says of a hit, and the clearance by which it says it."""

    ruling: Ruling
    clearance: Clearance


def bearer(told: Iterable[Traveller]) -> Bearer:
    """Who somebody is by what each source tells. A source that tells no document or birth date contradicts nothing."""
    sources = tuple(told)
    documents = [each for source in sources for each in source.documents if _names_a_person(each)]
    numbers = {each.key for each in documents}
    issuers = {each.issuer for each in documents if each.issuer}
    dates = {source.birth_date for source in sources if source.birth_date}
    full = frozenset(str(each) for each in dates if each.is_full)
    unbound = None
    if not numbers or not issuers:
        unbound = Unbound.NO_DOCUMENT
    elif len(numbers) > 1 or len(issuers) > 1:
        unbound = Unbound.SEVERAL_DOCUMENTS
    elif not full:
        unbound = Unbound.NO_BIRTH_DATE
    elif len(dates) > 1:
        unbound = Unbound.SEVERAL_BIRTH_DATES
    if unbound:
        alone = not documents and len(full) == len(dates) == 1
        told_of = frozenset(document_key(each.government_reference or "") for each in sources) - {""}
        return Bearer(birth_dates=full, unbound=unbound, redress=told_of if alone else frozenset())
    return Bearer(numbers.pop(), issuers.pop(), full)


def rests_on_number(hit: RaisedHit) -> bool:
    """Whether a document's number speaks for a hit: that is no look-alike, and is never remembered away."""
    return any(each.field == "document" and each.stance is Stance.FOR for each in hit.evidence)


def rule(who: Bearer, hashes: Collection[str], known: Sequence[Clearance], *, number_listed: bool) -> Ruled | None:
    """What the clearances known for an entry say of somebody whose document has these hashes; None where nothing.

    There is a hash for each key of the index that is held. Only clearances of the same birth date speak, a
    proof of its own term before what a reviewer remembered.
    """
    same_date = sorted(
        (each for each in known if each.birth_date in who.birth_dates), key=lambda each: (not each.proof, -each.id)
    )
    if not same_date:
        return None
    if who.unbound:
        own = [each for each in same_date if each.redress in who.redress]
    else:
        own = [each for each in same_date if each.document in hashes and each.issuer == who.issuer]
    current = [each for each in own if each.current]
    if current:
        return Ruled(Ruling.NUMBER_LISTED if number_listed else Ruling.CLEARED, current[0])
    if own:
        return Ruled(Ruling.OLDER_ENTRY, own[0])
    return Ruled(Ruling.UNCERTAIN if who.unbound else Ruling.OTHER_DOCUMENT, same_date[0])


def drawn(keyed_hash: str, percent: int) -> bool:
    """Whether a suppression is drawn as a sample: the same hash always alike; without the key nobody foretells it."""
    return int(keyed_hash[:8], 16) * 100 < percent << 32


def _names_a_person(document: Document) -> bool:
    return bool(document.key) and not (document.type or "").startswith(VISA)
