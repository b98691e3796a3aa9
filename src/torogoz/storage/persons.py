"""Journeys become one person's: proposals of `links.persons`, kept with their evidence, each of which can be undone.

A link that somebody undid is not made again. The equality of identifiers is asked of keyed hashes; nothing is opened,
but while the index is rotated: then what an arriving traveller gave is hashed under each key under which it may stand.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.links import persons as links
from torogoz.storage import turns
from torogoz.storage.audit import record
from torogoz.storage.convert import open_identifier
from torogoz.storage.key_checks import versions_in_use
from torogoz.storage.keys import keyring
from torogoz.storage.models import Identifier, JourneyTraveller, Person, PersonLink, ScreeningMark
from torogoz.storage.party import identifier_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Journey
    from torogoz.storage.party import Member

#: A keyed hash → all hashes under which the same value may stand, the one of the current key first.
_Alike = dict[str, tuple[str, ...]]


def wait_for_turn() -> None:
    """Be the only one who joins until the caller's transaction ends, before it changes a traveller's row.

    Two messages that bring one person at the same moment would not see each other, and a row that another message has
    changed is waited for: whoever has the turn waits for nobody.
    """
    turns.wait_for(turns.PERSONS)


def join(members: Sequence[Member], journey: Journey, now: datetime) -> None:
    """Link the members of a journey, who are nobody's yet, to the persons of other journeys."""
    nobodys = {member.row.pk: member for member in members if member.row.person_id is None}
    keys = keyring()
    same = _alike(nobodys, keys) if len(versions_in_use(keys)) > 1 else {}
    shared = _shared(nobodys.values(), journey, same)
    elsewhere = _neighbours(nobodys.values(), shared)
    sharing: dict[links.Identifier, set[int]] = defaultdict(set)
    for pk in elsewhere:
        for identifier in shared[pk]:
            sharing[identifier].add(pk)
    made = 0
    for member in nobodys.values() if elsewhere else ():
        own = frozenset(_identifier(*each, same) for each in member.identifiers)
        near = sorted(set().union(*(sharing[each] for each in own)))
        known = [_identity(elsewhere[each], frozenset(shared[each])) for each in near]
        for proposal in links.propose(known, _identity(member.row, own)):
            if _link(member.row, elsewhere[proposal.known], proposal, now):
                made += 1
                break
    if made:
        record(AuditEvent.PERSON_LINKED, now, object_type="journey", object_id=journey.pk, counts={"links": made})


def told_elsewhere(member: Member) -> tuple[int | None, str, bool, bool]:
    """What other journeys read of this one: whose it is, whether they travelled, and which sources know."""
    row = member.row
    return row.person_id, row.status, row.has_api, row.has_pnr


def mark_later_journeys(members: Iterable[Member], journey: Journey) -> None:
    """Have the later journeys of these members' persons screened again: what a message says here is history there."""
    people = {member.row.person_id for member in members} - {None}
    if not people:
        return
    later = JourneyTraveller.objects.filter(person__among=people, journey__departure_date__gt=journey.departure_date)
    marks = [ScreeningMark(journey_id=pk) for pk in sorted(set(later.values_list("journey", flat=True)))]
    ScreeningMark.objects.bulk_create(marks)


def _alike(rows: Iterable[int], keys: Keyring) -> _Alike:
    """Every hash under which a value of these travellers may stand, with all of its like, the current one first."""
    same: _Alike = {}
    for row in Identifier.objects.filter(traveller__among=rows):
        hashes = tuple(keys.blinds(row.kind, identifier_key(row.kind, open_identifier(row, keys))))
        same |= dict.fromkeys(hashes, hashes)
    return same


def _shared(members: Collection[Member], journey: Journey, same: _Alike) -> dict[int, set[links.Identifier]]:
    """The identifiers that travellers of other journeys share with these."""
    digests: dict[str, set[str]] = defaultdict(set)
    for member in members:
        for kind, digest, _ in member.identifiers:
            digests[kind].update(same.get(digest, (digest,)))
    found: dict[int, set[links.Identifier]] = defaultdict(set)
    if digests:
        equal = reduce(or_, (Q(kind=kind, keyed_hash__among=each) for kind, each in sorted(digests.items())))
        aboard = JourneyTraveller.objects.filter(journey=journey).values("pk")
        rows = Identifier.objects.filter(equal).exclude(traveller__in=aboard)
        for pk, kind, digest, issuer in rows.values_list("traveller_id", "kind", "keyed_hash", "issuer"):
            found[pk].add(_identifier(kind, digest, issuer, same))
    return found


def _neighbours(members: Collection[Member], shared: dict[int, set[links.Identifier]]) -> dict[int, JourneyTraveller]:
    """Those of them who share a document, or something else and a birth date."""
    if not shared:
        return {}
    born = {member.row.birth_date for member in members if member.row.birth_date}
    return {
        row.pk: row
        for row in JourneyTraveller.objects.filter(pk__among=shared, merged_into=None, masked_at=None)
        if row.birth_date in born or any(each.kind is links.IdentifierKind.DOCUMENT for each in shared[row.pk])
    }


def _identifier(kind: str, digest: str, issuer: str, same: _Alike) -> links.Identifier:
    return links.Identifier(links.IdentifierKind(kind), f"{same.get(digest, (digest,))[0]}{issuer}")


def _identity(row: JourneyTraveller, identifiers: frozenset[links.Identifier]) -> links.JourneyIdentity:
    born = PartialDate.parse(row.birth_date) if row.birth_date else None
    return links.JourneyIdentity(row.pk, row.surname or None, row.given_names or None, born, identifiers, row.person_id)


def _link(row: JourneyTraveller, other: JourneyTraveller, proposal: links.PersonLink, now: datetime) -> bool:
    """Give both the same person, unless this row was parted from that person before."""
    person = other.person
    if person is None:
        person = other.person = Person.objects.create(made_at=now)
        other.save(update_fields=["person"])
        PersonLink.objects.create(person=person, traveller=other, made_at=now)
    elif PersonLink.objects.filter(person=person, traveller=row, undone_at__isnull=False).exists():
        return False
    row.person = person
    row.save(update_fields=["person"])
    PersonLink.objects.create(person=person, traveller=row, evidence=asdict(proposal.evidence), made_at=now)
    return True
