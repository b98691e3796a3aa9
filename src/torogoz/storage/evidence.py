"""Sealed evidence: what a confirmed hit rested on, frozen when a person confirmed it (design §2).

It holds the evidence, the views of the traveller that the hit's purpose may read, and the list entry or the rule in the
version that raised it, so that the hit can be replayed after the messages, the list and the rule have gone. Moved to
another row it does not open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from torogoz.domain.hit import CauseKind, Evidence
from torogoz.domain.picture import View
from torogoz.domain.purpose import Purpose, readable_classes
from torogoz.domain.rule import Rule
from torogoz.domain.watchlist import Entry
from torogoz.storage.models import Observation, RuleVersion, SealedEvidence, WatchlistEntry
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


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(FrozenEvidence)


def latest_views(traveller: JourneyTraveller, classes: frozenset[str], keys: Keyring) -> tuple[View, ...]:
    """The latest view of each class that is allowed, API first; no other observation is opened."""
    last: dict[str, Observation] = {}
    allowed = Observation.objects.filter(traveller=traveller, data_class__in=classes)
    for observation in allowed.order_by("said_at", "pk"):
        last[observation.data_class] = observation
    return tuple(view_of(last[each], keys) for each in sorted(last))


def freeze(decision: Decision, now: datetime, keys: Keyring) -> None:
    """Seal the inputs of the decision's hit, in the caller's transaction."""
    hit = decision.hit
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
        views=latest_views(hit.traveller, readable_classes(Purpose(hit.purpose)), keys),
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


def evidence_place(decision: int) -> str:
    """What sealed evidence is bound to."""
    return f"sealed_evidence|{decision}"
