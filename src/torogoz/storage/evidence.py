"""Sealed evidence: what a confirmed hit rested on, frozen when a person confirmed it, and replayed (design §2).

It holds the evidence, the views of the traveller that the hit's purpose may read, the list entry or the rule in the
version that raised it, and the hit's basis: all that screening took. So the hit can be computed again, with the same
result, when the messages, the list and the rule have gone; by the release named in it, since scoring may change. Moved
to another row it does not open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from torogoz import __version__
from torogoz.domain.hit import Basis, Cause, CauseKind, Evidence, RaisedHit
from torogoz.domain.picture import View
from torogoz.domain.purpose import Purpose, readable_classes
from torogoz.domain.rule import Rule
from torogoz.domain.watchlist import Entry
from torogoz.privacy.mask import alone
from torogoz.storage.models import HitBasis, Observation, RuleVersion, SealedEvidence, WatchlistEntry
from torogoz.storage.party import view_of
from torogoz.storage.snapshots import in_version, open_entry, rule_of

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Decision, Hit, JourneyTraveller


@dataclass(frozen=True, slots=True)
class FrozenEvidence:
    """The inputs of a hit. Its cause is a list entry or a rule, unless it was gone when the person decided."""

    cause_kind: str
    cause_source: str
    cause_key: str
    cause_version: int
    entry: Entry | None
    rule: Rule | None
    millibits: int
    probability: float | None
    evidence: tuple[Evidence, ...]
    views: tuple[View, ...]
    matched_name: str
    purpose: Purpose
    gravity: int
    queued: bool
    basis: Basis
    release: str = __version__


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(FrozenEvidence)
_basis = msgspec.json.Decoder(Basis)


def latest_views(
    traveller: JourneyTraveller, classes: frozenset[str], keys: Keyring, *, known_by: datetime | None = None
) -> tuple[View, ...]:
    """The latest view of each class that is allowed, API first; no other observation is opened."""
    last: dict[str, Observation] = {}
    allowed = Observation.objects.filter(traveller=traveller, data_class__in=classes)
    if known_by:
        allowed = allowed.filter(known_at__lte=known_by)
    for observation in allowed.order_by("said_at", "pk"):
        last[observation.data_class] = observation
    return tuple(view_of(last[each], keys) for each in sorted(last))


def keep_basis(hit: Hit, basis: Basis, keys: Keyring) -> None:
    """Keep what a hit was computed with, in place of what it was computed with before."""
    sealed = keys.seal(_encoder.encode(basis), basis_place(hit.pk))
    HitBasis.objects.update_or_create(hit=hit, defaults={"sealed": sealed, "key_id": keys.fields.id})


def open_basis(hit: Hit, keys: Keyring) -> Basis:
    """What a hit was computed with; nothing where it is not kept."""
    row = HitBasis.objects.filter(hit=hit).first()
    return _basis.decode(keys.open(bytes(row.sealed), basis_place(hit.pk), row.key_id)) if row else Basis()


def freeze(decision: Decision, now: datetime, keys: Keyring) -> None:
    """Seal the inputs of the decision's hit, in the caller's transaction: those that its last screening knew."""
    hit = decision.hit
    journey = hit.traveller.journey
    screened = journey.screened_at if journey.screening_due_at else None
    views = latest_views(hit.traveller, readable_classes(Purpose(hit.purpose)), keys, known_by=screened)
    inputs = FrozenEvidence(
        cause_kind=hit.cause_kind,
        cause_source=hit.cause_source,
        cause_key=hit.cause_key,
        cause_version=hit.cause_version,
        entry=_entry(hit, keys),
        rule=_rule(hit),
        millibits=hit.millibits,
        probability=hit.probability,
        evidence=evidence_of(hit),
        # How many travelled together is no part of it: what a rule read of that stands in the basis.
        views=tuple(replace(view, booking=alone(view.booking)) for view in views),
        matched_name=hit.matched_name,
        purpose=Purpose(hit.purpose),
        gravity=hit.gravity,
        queued=hit.queued,
        basis=open_basis(hit, keys),
    )
    SealedEvidence.objects.create(
        hit=hit,
        decision=decision,
        sealed_at=now,
        sealed=keys.seal(_encoder.encode(inputs), evidence_place(decision.pk)),
        key_id=keys.fields.id,
    )


def open_evidence(row: SealedEvidence, keys: Keyring) -> FrozenEvidence:
    """Read what a confirming decision rested on."""
    return _decoder.decode(keys.open(bytes(row.sealed), evidence_place(row.decision_id), row.key_id))


def replay(frozen: FrozenEvidence) -> RaisedHit | None:
    """The hit, computed again from what was frozen. None where its entry or rule was gone when it was confirmed."""
    from torogoz import screening  # here: the columns of rules are a quarter of a command's start, and few look

    source = frozen.entry or frozen.rule
    if source is None:
        return None
    cause = Cause(CauseKind(frozen.cause_kind), frozen.cause_source, frozen.cause_key, frozen.cause_version)
    return screening.replay(cause, frozen.purpose, source, frozen.views, frozen.basis)


def repeats(frozen: FrozenEvidence) -> bool:
    """Whether the hit, computed again, is the one that the person confirmed: cause, weight, evidence and name."""
    again = replay(frozen)
    return again is not None and (
        again.cause == Cause(CauseKind(frozen.cause_kind), frozen.cause_source, frozen.cause_key, frozen.cause_version)
        and (again.purpose, again.gravity) == (frozen.purpose, frozen.gravity)
        # From which probability on a hit stood in the queue was a setting of that day.
        and again.queued >= frozen.queued
        and (again.millibits, again.probability) == (frozen.millibits, frozen.probability)
        and (again.evidence, again.matched_name or "") == (frozen.evidence, frozen.matched_name)
    )


def evidence_of(hit: Hit) -> tuple[Evidence, ...]:
    """The evidence that a hit's row holds."""
    return msgspec.convert(hit.evidence, tuple[Evidence, ...])


def entry_row(hit: Hit) -> WatchlistEntry | None:
    """The entry that raised a hit, in the version of its list that was compared."""
    if hit.cause_kind != CauseKind.WATCHLIST:
        return None
    entries = WatchlistEntry.objects.filter(watchlist__name=hit.cause_source, key=hit.cause_key)
    return entries.filter(in_version(hit.cause_version)).first()


def rule_row(hit: Hit) -> RuleVersion | None:
    """The version of the rule that raised a hit."""
    if hit.cause_kind != CauseKind.RULE:
        return None
    return RuleVersion.objects.filter(rule__key=hit.cause_key, number=hit.cause_version).first()


def _entry(hit: Hit, keys: Keyring) -> Entry | None:
    row = entry_row(hit)
    return open_entry(row, keys) if row else None


def _rule(hit: Hit) -> Rule | None:
    row = rule_row(hit)
    return rule_of(row) if row else None


def basis_place(hit: int) -> str:
    """What a hit's basis is bound to."""
    return f"hit_basis|{hit}"


def evidence_place(decision: int) -> str:
    """What sealed evidence is bound to."""
    return f"sealed_evidence|{decision}"
