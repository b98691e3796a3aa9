"""The table of everything in the database that stands under a key (design §7).

Whatever is sealed, wrapped or hashed with a key has its row here; a test walks the models and fails for what has not.
`torogoz keys rotate` makes anew what this table names, `torogoz keys check` counts it, and a start proves it.
"""

from __future__ import annotations

from collections import Counter

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from torogoz.storage.audit import text_place
from torogoz.storage.convert import place_of, said_place
from torogoz.storage.deliveries import delivery_place, message_place
from torogoz.storage.evidence import basis_place, evidence_place
from torogoz.storage.masking import record_place
from torogoz.storage.models import (
    AuditText,
    Clearance,
    ClearingProof,
    ContestedFinding,
    Decision,
    Delivery,
    HitBasis,
    Hold,
    Identifier,
    InteractiveAnswer,
    MaskedRecord,
    Note,
    Observation,
    Order,
    OrderConfirmation,
    PersonLink,
    ReceivedMessage,
    Referral,
    SealedEvidence,
    WaitingEntry,
    WatchlistEntry,
)
from torogoz.storage.sealed_places import (
    ClearedHash,
    EntryDigest,
    IdentifierHash,
    MessageDigest,
    Place,
    Sealed,
    SealedText,
    SecondFactor,
    StaffText,
    WrappedKey,
)
from torogoz.storage.sessions import place as session_place
from torogoz.storage.snapshots import entry_place
from torogoz.storage.waiting import waiting_place

PLACES: tuple[Place, ...] = (
    # What the index finds comes first: its sealed value is bound to the hash, and both are made anew at once.
    IdentifierHash(Identifier, "keyed_hash", key_column="index_version", use="index"),
    ClearedHash(Clearance, "keyed_hash", key_column="index_version", use="index"),
    ClearedHash(ClearingProof, "keyed_hash", key_column="index_version", use="index"),
    EntryDigest(WatchlistEntry, "digest", key_column="index_version", use="index"),
    MessageDigest(Delivery, "digest", key_column="index_version", use="index"),
    MessageDigest(ReceivedMessage, "content_digest", key_column="index_version", use="index"),
    MessageDigest(InteractiveAnswer, "traveller_key", key_column="index_version", use="index"),
    # What airlines said, and what lists hold.
    Sealed(Identifier, "sealed", place_of),
    Sealed(Observation, "sealed", lambda row: said_place(row.message_id, row.ordinal)),
    Sealed(WatchlistEntry, "sealed", lambda row: entry_place(row.watchlist_id, row.key, row.version_from)),
    Sealed(WaitingEntry, "sealed", lambda row: waiting_place(row.waiting_id, row.key)),
    WrappedKey(Delivery, "wrapped_key", delivery_place, use="raw", contents=("sealed",)),
    WrappedKey(ReceivedMessage, "wrapped_key", message_place, use="raw", contents=("redacted",)),
    # What screening took, and what masking has left of records whose time in clear is over.
    Sealed(HitBasis, "sealed", lambda row: basis_place(row.hit_id)),
    WrappedKey(
        MaskedRecord, "wrapped_key", lambda row: record_place(row.traveller_id), use="raw", contents=("sealed",)
    ),
    # What people here looked for, wrote and decided.
    Sealed(AuditText, "sealed", lambda row: text_place(row.entry_id)),
    Sealed(SealedEvidence, "sealed", lambda row: evidence_place(row.decision_id)),
    StaffText(Decision, "identity_reason"),
    StaffText(Decision, "ground_reason"),
    StaffText(Decision, "action_reason"),
    StaffText(Decision, "second_reason"),
    StaffText(Decision, "review_reason"),
    StaffText(Referral, "safe_text"),
    StaffText(Referral, "outcome_note"),
    StaffText(Note, "text"),
    StaffText(Hold, "reason"),
    StaffText(PersonLink, "undone_reason"),
    StaffText(ContestedFinding, "reason"),
    StaffText(ContestedFinding, "answer"),
    StaffText(Order, "subject"),
    StaffText(OrderConfirmation, "reason"),
    # Who was cleared, and by what.
    StaffText(Clearance, "document"),
    StaffText(ClearingProof, "document"),
    StaffText(ClearingProof, "number"),
    # How they sign in.
    SecondFactor(Authenticator, "data", key_column="secret"),
    SecondFactor(Authenticator, "data", key_column="seed"),
    SealedText(Session, "session_data", lambda row: session_place(row.session_key)),
)


def needs() -> dict[str, int]:
    """How many values stand under each key."""
    total: Counter[str] = Counter()
    for place in PLACES:
        total.update(place.counts())
    return dict(total)
