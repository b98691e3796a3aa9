"""Sealed evidence: what a confirmed hit rested on, frozen when a person confirmed it (design §2).

It holds the evidence, the views of the traveller that the hit's purpose may read, and the cause with its version, so
that the decision can be followed after the messages, the list and the rule have gone. Moved to another row it does not
open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from torogoz.domain.picture import View
from torogoz.domain.purpose import Purpose, readable_classes
from torogoz.storage.models import Observation, RuleVersion, SealedEvidence, WatchlistEntry
from torogoz.storage.party import view_of

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.storage.keys import Keyring
    from torogoz.storage.models import Decision, Hit, JourneyTraveller


@dataclass(frozen=True, slots=True)
class FrozenEvidence:
    """The inputs of a hit. `cause_digest` is that of the list entry, `condition` the rule's document."""

    cause_kind: str
    cause_source: str
    cause_key: str
    cause_version: int
    cause_digest: str
    condition: Any
    millibits: int
    probability: float | None
    evidence: Any
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
        cause_digest=_digest(hit),
        condition=_condition(hit),
        millibits=hit.millibits,
        probability=hit.probability,
        evidence=hit.evidence,
        views=latest_views(hit.traveller, readable_classes(Purpose(hit.purpose)), keys),
    )
    SealedEvidence.objects.create(
        hit=hit,
        decision=decision,
        sealed_at=now,
        sealed=keys.seal(_encoder.encode(inputs), _place(decision.pk)),
        key_id=keys.fields.id,
    )


def open_evidence(row: SealedEvidence, keys: Keyring) -> FrozenEvidence:
    """Read what a confirming decision rested on."""
    return _decoder.decode(keys.open(bytes(row.sealed), _place(row.decision_id)))


def _digest(hit: Hit) -> str:
    entry = WatchlistEntry.objects.filter(watchlist__name=hit.cause_source, key=hit.cause_key)
    return (
        entry.filter(version_from__lte=hit.cause_version)
        .order_by("-version_from")
        .values_list("digest", flat=True)
        .first()
        or ""
    )


def _condition(hit: Hit) -> Any:
    version = RuleVersion.objects.filter(rule__key=hit.cause_key, number=hit.cause_version)
    return version.values_list("document", flat=True).first()


def _place(decision: int) -> str:
    return f"sealed_evidence|{decision}"
