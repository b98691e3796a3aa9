"""Clearing proofs: a redress number or a Constancia de Homónimo is entered, verified by a second person, and revoked.

Takes: what the proof says, whose document it is about, and the list or the entry against which it stands; and the time.
Gives: a proof in force until its last day, by which its holder is not stopped again for what it names.
Refuses: a proof without authority, number, document, birth date and a term to come; an entry that is not on the list;
  one's own verification.
Records: proof.entered, proof.verified, proof.revoked
Legal ground: LR-63 (redress number), LR-64 (Constancia de Homónimo); it lasts its own term, by its own law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from torogoz.domain.audit import AuditEvent
from torogoz.domain.clearance import ProofKind
from torogoz.domain.dates import PartialDate
from torogoz.domain.disposition import REVIEWERS
from torogoz.domain.document import document_key
from torogoz.domain.purpose import covered_purposes
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.clearances import screen_anew
from torogoz.flow.free_text import must_be_sayable
from torogoz.messages.countries import country
from torogoz.storage.access.clearances import proofs_for
from torogoz.storage.access.guard import admit, refuse, visible
from torogoz.storage.audit import record
from torogoz.storage.clearances import document_hash
from torogoz.storage.keys import keyring
from torogoz.storage.models import ClearingProof, Watchlist
from torogoz.storage.snapshots import in_version

if TYPE_CHECKING:
    from torogoz.domain.staff import Who
    from torogoz.storage.models import WatchlistEntry

#: Who is the second person, who has asked the issuer.
VERIFIERS = frozenset({StaffRole.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says. `entry` is the key of one entry of the list; empty: all that stand on it today."""

    kind: ProofKind
    authority: str
    number: str
    document: str
    issuer: str
    birth_date: str
    valid_until: date
    watchlist: int
    entry: str = ""


def enter(who: Who, proof: Proof, now: datetime) -> int:
    """Write a proof down; give its id. It has no effect before another person has verified it with its issuer."""
    admit(who, REVIEWERS, now, purpose=True)
    watchlist = visible(Watchlist.objects.filter(pk=proof.watchlist), who).first() or refuse(who, now)
    born, issuer = _must_be_whole(proof, now)
    number = watchlist.versions.aggregate(newest=Max("number"))["newest"] or 0
    keys = keyring()
    with transaction.atomic():
        row = ClearingProof.objects.create(
            agency_id=watchlist.agency_id,
            compartment=watchlist.compartment,
            kind=proof.kind,
            watchlist=watchlist,
            list_version=number,
            entry=_entry(who, watchlist, proof.entry, number) if proof.entry else None,
            authority=proof.authority.strip(),
            number=proof.number.strip(),
            document=document_key(proof.document),
            keyed_hash=document_hash(proof.document, keys),
            index_version=keys.index.number,
            issuer=issuer,
            birth_date=born,
            valid_until=proof.valid_until,
            made_by_id=who.account,
            made_at=now,
        )
        record(AuditEvent.PROOF_ENTERED, now, who=who, object_type="clearing_proof", object_id=row.pk)
    return row.pk


def verify(who: Who, proof: int, now: datetime) -> None:
    """The second person has asked the issuer, who stands by it: from now on it clears."""
    _admit_to(who, proof, now, VERIFIERS)
    with transaction.atomic():
        row = _lock(proof)
        if row.made_by_id == who.account:
            raise RefusedError("you entered this proof yourself", remedy="another person must verify it")
        if row.verified_at is not None:
            raise RefusedError("this proof was verified before", remedy="nothing needs to be done")
        row.verified_by_id, row.verified_at = who.account, now
        row.save(update_fields=["verified_by", "verified_at"])
        record(AuditEvent.PROOF_VERIFIED, now, who=who, object_type="clearing_proof", object_id=proof)
        screen_anew(row.watchlist.name, row.entry.key if row.entry else "", now)


def revoke(who: Who, proof: int, reason: str, now: datetime) -> None:
    """End a proof at once; hits that it kept from the queue stand there after the next look at their flight."""
    _admit_to(who, proof, now, REVIEWERS)
    must_be_sayable(reason)
    with transaction.atomic():
        row = _lock(proof)
        row.revoked_by_id, row.revoked_at = who.account, now
        row.save(update_fields=["revoked_by", "revoked_at"])
        text = reason.strip()
        record(AuditEvent.PROOF_REVOKED, now, who=who, object_type="clearing_proof", object_id=proof, text=text)
        screen_anew(row.watchlist.name, row.entry.key if row.entry else "", now)


def _admit_to(who: Who, proof: int, now: datetime, roles: frozenset[StaffRole]) -> None:
    admit(who, roles, now, purpose=True)
    if not proofs_for(who).filter(pk=proof).exists():
        refuse(who, now)


def _lock(proof: int) -> ClearingProof:
    row = ClearingProof.objects.select_for_update().filter(pk=proof, revoked_at=None).first()
    if row is None:
        raise RefusedError("this proof was revoked before", remedy="enter the new one, if there is one")
    return row


def _entry(who: Who, watchlist: Watchlist, key: str, number: int) -> WatchlistEntry:
    """The entry as the list has it now. One of another purpose is as if it were not there."""
    purposes = covered_purposes(who.purpose) if who.purpose else ()
    entry = watchlist.entries.filter(in_version(number), key=key.strip(), purpose__in=purposes).first()
    if entry is None:
        raise AuthorError(
            "this list has no such entry", remedy="look its number up on the list's page, or leave it empty for all"
        )
    return entry


def _must_be_whole(proof: Proof, now: datetime) -> tuple[str, str]:
    """The birth date and the issuer as they are compared. AuthorError where anything is missing that a proof binds."""
    for text, longest in ((proof.authority, 120), (proof.number, 80), (proof.document, 40)):
        if not text.strip() or len(text) > longest or not text.isprintable():
            raise AuthorError(
                "a proof names its authority, its number and the document of its holder",
                remedy="fill in all three, as the proof says them",
            )
    issuer = country(proof.issuer)  # as documents are read: of Germany's `D` too, and no code that nobody bears
    if not document_key(proof.document) or issuer is None:
        raise AuthorError(
            "a document has a number and the state that issued it", remedy="write the state in three letters"
        )
    try:
        born = PartialDate.parse(proof.birth_date)
    except ValueError:
        born = None
    if born is None or not born.is_full:
        raise AuthorError("the birth date of the holder is missing", remedy="choose day, month and year")
    if proof.valid_until < timezone.localdate(now):
        raise AuthorError("the proof's term is over", remedy="write its last day as the proof has it")
    return str(born), issuer
