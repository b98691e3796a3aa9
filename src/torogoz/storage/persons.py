"""Journeys become one person's: proposals of `links.persons`, kept with their evidence, each of which can be undone.

A link that somebody undid is not made again. The equality of identifiers is asked of keyed hashes; nothing is opened,
but while the index is rotated: then what an arriving traveller gave is hashed under each key under which it may stand.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db.models import Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.dates import PartialDate
from torogoz.links import persons as links
from torogoz.storage.audit import record
from torogoz.storage.convert import open_identifier
from torogoz.storage.key_checks import versions_in_use
from torogoz.storage.keys import keyring
from torogoz.storage.models import Identifier, JourneyTraveller, Person, PersonLink
from torogoz.storage.party import identifier_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Journey
    from torogoz.storage.party import Member


def join(members: Sequence[Member], journey: Journey, now: datetime) -> None:
    """Link the members of a journey, who are nobody's yet, to the persons of other journeys."""
    rows = {member.row.pk: member.row for member in members if member.row.person_id is None}
    keys = keyring()
    same = _alike(rows, keys) if len(versions_in_use(keys)) > 1 else {}
    own = _identifiers(rows, same)
    elsewhere = _neighbours(own, rows.values(), journey, same)
    if not elsewhere:
        return
    theirs = _identifiers(elsewhere, same)
    sharing: dict[links.Identifier, set[int]] = defaultdict(set)
    for pk, identifiers in theirs.items():
        for identifier in identifiers:
            sharing[identifier].add(pk)
    made = 0
    for pk, row in rows.items():
        near = sorted(set().union(*(sharing[each] for each in own[pk])))
        known = [_identity(elsewhere[each], theirs[each]) for each in near]
        for proposal in links.propose(known, _identity(row, own[pk])):
            if _link(row, elsewhere[proposal.known], proposal, now):
                made += 1
                break
    if made:
        record(AuditEvent.PERSON_LINKED, now, object_type="journey", object_id=journey.pk, counts={"links": made})


def _alike(rows: dict[int, JourneyTraveller], keys: Keyring) -> dict[str, str]:
    """Every hash under which a value of these travellers may stand, with the one of the current key."""
    same: dict[str, str] = {}
    for row in Identifier.objects.filter(traveller__in=list(rows)):
        hashes = keys.blinds(row.kind, identifier_key(row.kind, open_identifier(row, keys)))
        same |= dict.fromkeys(hashes, hashes[0])
    return same


def _identifiers(rows: dict[int, JourneyTraveller], same: dict[str, str]) -> dict[int, frozenset[links.Identifier]]:
    found: dict[int, set[links.Identifier]] = {pk: set() for pk in rows}
    for traveller, kind, digest, issuer in Identifier.objects.filter(traveller__in=list(rows)).values_list(
        "traveller_id", "kind", "keyed_hash", "issuer"
    ):
        found[traveller].add(links.Identifier(links.IdentifierKind(kind), f"{same.get(digest, digest)}{issuer}"))
    return {pk: frozenset(each) for pk, each in found.items()}


def _neighbours(
    own: dict[int, frozenset[links.Identifier]],
    rows: Iterable[JourneyTraveller],
    journey: Journey,
    same: dict[str, str],
) -> dict[int, JourneyTraveller]:
    """Travellers of other journeys who share a document, or another identifier and the birth date."""
    digests = {identifier.digest[:32] for each in own.values() for identifier in each} | same.keys()
    born = {row.birth_date for row in rows if row.birth_date}
    # Asked first and on its own: a server that knows nothing yet of its tables' sizes would look at every traveller.
    shared = set(
        Identifier.objects.filter(keyed_hash__in=digests)
        .filter(Q(kind=Identifier.Kind.DOCUMENT) | Q(traveller__birth_date__in=born))
        .exclude(traveller__journey=journey)
        .values_list("traveller", flat=True)
    )
    return {row.pk: row for row in JourneyTraveller.objects.filter(pk__in=shared, merged_into=None, masked_at=None)}


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
