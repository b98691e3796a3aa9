"""Which journeys are one person's: proposals to link, each with the evidence that it rests on.

Takes journeys whose identifiers come as keyed hashes: neither a document number nor a telephone number is seen here.
Gives links between the arriving journey and known ones, best first; which person a link leads to, and undoing it, is
the caller's work. By document (the hash binds number and issuer) where names fit, else by name and whole birth date
and one more shared identifier (design §7, issue of the spine).

Refuses: a shared document with another name (an infant's, on the parent's) or clearly another birth date; a shared
telephone with another given name (twins); a name with parts missing that fits more than one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from torogoz.domain.dates import DateRelation, PartialDate, relate_dates
from torogoz.links.clues import Clue, LinkEvidence, LinkKind
from torogoz.links.names import NameForm, NameRelation, given_agree, resemblance


class IdentifierKind(StrEnum):
    """What a hash stands for; `document` binds number and issuer."""

    DOCUMENT = "document"
    PHONE = "phone"
    EMAIL = "email"
    CARD = "card"
    FREQUENT_FLYER = "frequent_flyer"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A kind and a keyed hash: equal hashes are equal values, and nothing more can be told from them."""

    kind: IdentifierKind
    digest: str


@dataclass(frozen=True, slots=True)
class JourneyIdentity:
    """Who a journey's traveller says to be. `person` is the person it is already linked to, if any."""

    id: int
    surname: str | None
    given_names: str | None
    birth_date: PartialDate | None
    identifiers: frozenset[Identifier] = frozenset()
    person: int | None = None


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A proposal: the arriving journey and a known one are the same person's."""

    arriving: int
    known: int
    evidence: LinkEvidence


def propose(known: Sequence[JourneyIdentity], arriving: JourneyIdentity) -> tuple[PersonLink, ...]:
    """Give every link from the arriving journey to the known ones, the most trusted first, ties by id."""
    found = []
    name = NameForm.of(arriving.surname, arriving.given_names)
    for other in known:
        their = NameForm.of(other.surname, other.given_names)
        relation = resemblance(name, their)
        evidence = _link(arriving, other, relation, given=given_agree(name, their))
        if evidence is not None:
            found.append((list(LinkKind).index(evidence.kind), relation or len(NameRelation) + 1, other, evidence))
    vague = {_owner(other) for _, relation, other, evidence in found if _is_vague(evidence, relation)}
    kept = [
        (kind, relation, other.id, evidence)
        for kind, relation, other, evidence in found
        if not (_is_vague(evidence, relation) and len(vague) > 1)
    ]
    return tuple(
        PersonLink(arriving.id, known_id, evidence)
        for _, _, known_id, evidence in sorted(kept, key=lambda item: item[:3])
    )


def _link(one: JourneyIdentity, two: JourneyIdentity, name: NameRelation | None, *, given: bool) -> LinkEvidence | None:
    """Apply the two rules, the document first."""
    birth = relate_dates(one.birth_date, two.birth_date)
    shared = {identifier.kind for identifier in one.identifiers & two.identifiers}
    clues = (
        *(Clue(kind.value, "same") for kind in sorted(shared)),
        Clue("name", name.name.lower() if name else "other"),
        Clue("birth_date", birth.value if birth else "not_compared"),
    )
    fits = name is not None or (given and birth is DateRelation.EQUAL)
    if IdentifierKind.DOCUMENT in shared and fits and birth is not DateRelation.OTHER:
        return LinkEvidence(LinkKind.DOCUMENT, clues)
    close = name is not None and not name.weak
    if close and birth is DateRelation.EQUAL and shared - {IdentifierKind.DOCUMENT}:
        return LinkEvidence(LinkKind.NAME_BIRTH_IDENTIFIER, clues)
    return None


def _is_vague(evidence: LinkEvidence, name: int) -> bool:
    """A name with parts missing, held only by what a household shares."""
    return evidence.kind is LinkKind.NAME_BIRTH_IDENTIFIER and name >= NameRelation.PARTS


def _owner(journey: JourneyIdentity) -> tuple[bool, int]:
    """The person a journey belongs to, or the journey where it is nobody's yet."""
    return (journey.person is None, journey.id if journey.person is None else journey.person)
