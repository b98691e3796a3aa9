"""What an entry of the audit may say, event by event: who stands behind it, which row it names, what it counts.

`EVENTS` is the whole of it: `storage.audit` writes nothing that does not stand there, so that no value of a traveller
comes in by the side (LR-50, design §7). A sealed text is what somebody searched or gave as a reason; it stands apart
and can be erased.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from torogoz.domain.audit import AuditEvent, AuditNumber, AuditRow


class Behind(Enum):
    """Whether a person stands behind an event, the system by itself, or now one and now the other."""

    PERSON = auto()
    SYSTEM = auto()
    EITHER = auto()


@dataclass(frozen=True, slots=True)
class Fields:
    """What an entry of an event has. A None among the rows: it may name none; no rows: it names none."""

    behind: Behind
    rows: tuple[AuditRow | None, ...] = (None,)
    numbers: tuple[AuditNumber, ...] = ()
    text: bool = False


_E, _R, _N = AuditEvent, AuditRow, AuditNumber
_PERSON, _SYSTEM, _EITHER = Behind
#: What is noticed about a look, each with its number (`privacy.reading`).
_MARKS = (
    _N.OWN_NAME,
    _N.MANY_DOSSIERS,
    _N.WITHOUT_HIT,
    _N.MANY_FLIGHTS,
    _N.MANY_SEARCHES,
    _N.UNUSUAL_HOUR,
    _N.MANY_READERS,
)

#: The policy. A person who acts at the terminal is not known to us: there it is "either".
EVENTS: dict[AuditEvent, Fields] = {
    _E.DELIVERY_RECEIVED: Fields(_EITHER, (_R.DELIVERY,), (_N.BYTES,)),
    _E.SENDER_ENROLLED: Fields(_EITHER, (_R.SENDER,)),
    _E.SENDER_REVOKED: Fields(_EITHER, (_R.SENDER,)),
    _E.SENDER_CHANGED: Fields(_EITHER, (_R.SENDER,)),
    _E.SENDER_ROTATED: Fields(_EITHER, (_R.SENDER,)),
    _E.SENDER_REFUSED: Fields(_SYSTEM, numbers=(_N.UNWRITTEN,)),
    _E.MESSAGE_LOADED: Fields(_SYSTEM, (_R.MESSAGE,), (_N.TRAVELLERS, _N.WITHHELD)),
    _E.MESSAGE_DUPLICATE: Fields(_SYSTEM, (_R.MESSAGE,)),
    _E.MESSAGE_REFUSED: Fields(_SYSTEM, (_R.MESSAGE,)),
    _E.MESSAGE_REPLAYED: Fields(_PERSON, (_R.DELIVERY,)),
    _E.REQUEST_ANSWERED: Fields(_SYSTEM, (_R.DELIVERY,), (_N.TRAVELLERS,)),
    _E.REQUEST_FELL_BACK: Fields(_SYSTEM, (None, _R.DELIVERY), (_N.TRAVELLERS,)),
    _E.ANSWER_REVISED: Fields(_SYSTEM, (_R.REVISION,)),
    _E.ANSWER_HEARD: Fields(_SYSTEM, (_R.REVISION,), (_N.REFUSED,)),
    _E.ANSWER_UNHEARD: Fields(_SYSTEM, (_R.REVISION,)),
    _E.ORDER_ENTERED: Fields(_PERSON, (_R.ORDER,)),
    _E.ORDER_AGREED: Fields(_PERSON, (_R.ORDER,)),
    _E.ORDER_WITHDRAWN: Fields(_PERSON, (_R.ORDER,), text=True),
    _E.ORDER_CONFIRMED: Fields(_PERSON, (_R.ORDER_CONFIRMATION,)),
    _E.ORDER_RELEASED: Fields(_PERSON, (_R.ORDER_CONFIRMATION,), text=True),
    _E.ORDER_BARRED: Fields(_SYSTEM, (_R.ORDER_CONFIRMATION,)),
    _E.BOOKINGS_ASKED: Fields(_PERSON, (_R.JOURNEY,), text=True),
    _E.VIEWED_ORDERS: Fields(_PERSON, (None, _R.ORDER), (_N.ORDERS,)),
    _E.FLIGHT_SCREENED: Fields(_SYSTEM, (_R.JOURNEY,), (_N.TRAVELLERS, _N.HITS)),
    _E.HIT_RAISED: Fields(_SYSTEM, (_R.HIT,)),
    _E.HIT_UPDATED: Fields(_SYSTEM, (_R.HIT,)),
    _E.HIT_CLOSED: Fields(_SYSTEM, (_R.HIT,)),
    _E.HIT_LET_GO: Fields(_PERSON, (_R.HIT,), text=True),
    _E.HIT_REOPENED: Fields(_SYSTEM, (_R.HIT,)),
    _E.HIT_CLEARED: Fields(_SYSTEM, (_R.HIT,), (_N.CLEARANCE, _N.PROOF)),
    _E.HIT_SAMPLED: Fields(_SYSTEM, (_R.HIT,), (_N.CLEARANCE, _N.PROOF)),
    _E.HIT_REPEATED: Fields(_PERSON, (_R.HIT,)),
    _E.HIT_CLAIMED: Fields(_PERSON, (_R.HIT,)),
    _E.HIT_RELEASED: Fields(_EITHER, (_R.HIT,)),
    _E.HIT_REASSIGNED: Fields(_PERSON, (_R.HIT,)),
    _E.HIT_ALARMED: Fields(_EITHER, (_R.HIT,)),
    _E.DECISION_MADE: Fields(_PERSON, (_R.DECISION,)),
    _E.DECISION_SECONDED: Fields(_PERSON, (_R.DECISION,)),
    _E.DECISION_REVIEWED: Fields(_PERSON, (_R.DECISION,)),
    _E.CLEARANCE_MADE: Fields(_PERSON, (_R.CLEARANCE,)),
    _E.CLEARANCE_REVOKED: Fields(_PERSON, (_R.CLEARANCE,), text=True),
    _E.PROOF_ENTERED: Fields(_PERSON, (_R.CLEARING_PROOF,)),
    _E.PROOF_VERIFIED: Fields(_PERSON, (_R.CLEARING_PROOF,)),
    _E.PROOF_REVOKED: Fields(_PERSON, (_R.CLEARING_PROOF,), text=True),
    _E.REPEAT_LOOKED_AT: Fields(_PERSON, (_R.REPEATED_STOP,), text=True),
    _E.REFERRAL_SENT: Fields(_PERSON, (_R.REFERRAL,), (_N.RECIPIENT,)),
    _E.REFERRAL_ACKNOWLEDGED: Fields(_PERSON, (_R.REFERRAL,)),
    _E.REFERRAL_ANSWERED: Fields(_PERSON, (_R.REFERRAL,)),
    _E.REFERRAL_PRINTED: Fields(_PERSON, (_R.REFERRAL,)),
    _E.REFERRAL_WITHDRAWN: Fields(_PERSON, (_R.REFERRAL,)),
    _E.NOTE_WRITTEN: Fields(_PERSON, (_R.NOTE,)),
    _E.PERSON_LINKED: Fields(_SYSTEM, (_R.JOURNEY,), (_N.LINKS,)),
    _E.PERSON_UNLINKED: Fields(_PERSON, (_R.PERSON_LINK,)),
    _E.HOLD_PLACED: Fields(_PERSON, (_R.HOLD,)),
    _E.HOLD_REVIEWED: Fields(_PERSON, (_R.HOLD,), text=True),
    _E.HOLD_ENDED: Fields(_PERSON, (_R.HOLD,), text=True),
    _E.HOLD_EXPIRED: Fields(_SYSTEM, (_R.HOLD,)),
    _E.RECORD_MASKED: Fields(_SYSTEM, (_R.RETENTION_RUN,), (_N.RECORDS,)),
    _E.RECORD_PURGED: Fields(_SYSTEM, (_R.RETENTION_RUN,), (_N.RECORDS, _N.PARTS, _N.ENTRIES, _N.ROWS)),
    _E.RETENTION_CERTIFIED: Fields(_SYSTEM, (_R.RETENTION_RUN,), (_N.RECORDS, _N.PARTS, _N.ENTRIES)),
    _E.LEDGER_REAPPLIED: Fields(_SYSTEM, numbers=(_N.RECORDS, _N.PARTS, _N.ENTRIES, _N.REMOVED)),
    _E.EVIDENCE_REPLAYED: Fields(_SYSTEM, (_R.HIT, None), (_N.HITS, _N.SAME)),
    _E.WATCHLIST_IMPORTED: Fields(_EITHER, (_R.WATCHLIST,), (_N.VERSION, _N.ADDED, _N.CHANGED, _N.REMOVED, _N.REFUSED)),
    _E.WATCHLIST_REFUSED: Fields(_EITHER, (_R.WATCHLIST,)),
    _E.WATCHLIST_WAITS: Fields(_EITHER, (_R.WAITING_VERSION,), (_N.ADDED, _N.CHANGED, _N.REMOVED, _N.REFUSED)),
    _E.WATCHLIST_IN_FORCE: Fields(
        _PERSON, (_R.WATCHLIST,), (_N.VERSION, _N.ADDED, _N.CHANGED, _N.REMOVED, _N.REFUSED), text=True
    ),
    _E.WATCHLIST_DISCARDED: Fields(_PERSON, (_R.WAITING_VERSION,), text=True),
    _E.WATCHLIST_OVERTAKEN: Fields(_EITHER, (_R.WAITING_VERSION,)),
    _E.ENTRY_ENTERED: Fields(_PERSON, (_R.WAITING_VERSION,)),
    _E.ENTRY_CORRECTED: Fields(_PERSON, (_R.WAITING_VERSION,)),
    _E.ENTRY_REMOVED: Fields(_PERSON, (_R.WATCHLIST_ENTRY,), (_N.VERSION,), text=True),
    _E.ENTRY_REVIEWED: Fields(_PERSON, (_R.WATCHLIST_ENTRY,), text=True),
    _E.RULE_PROPOSED: Fields(_PERSON, (_R.RULE_VERSION,), (_N.VERSION,)),
    _E.RULE_APPROVED: Fields(_PERSON, (_R.RULE_VERSION,), (_N.VERSION,)),
    _E.RULE_REFUSED: Fields(_PERSON, (_R.RULE_VERSION,), (_N.VERSION,)),
    _E.RULE_STOP_REQUESTED: Fields(_PERSON, (_R.RULE_VERSION,), (_N.VERSION,)),
    _E.RULE_STOP_REFUSED: Fields(_PERSON, (_R.RULE_VERSION,), (_N.VERSION,)),
    _E.RULE_STOPPED: Fields(_PERSON, (_R.RULE_VERSION,), (_N.VERSION,)),
    _E.SCHEDULE_IMPORTED: Fields(_EITHER, numbers=(_N.FLIGHTS, _N.NEW, _N.REFUSED)),
    _E.FLIGHT_ALARMED: Fields(_SYSTEM, (_R.JOURNEY,)),
    _E.CARRIER_CHANGED: Fields(_PERSON, (_R.CARRIER,), (_N.VERSION,), text=True),
    _E.CARRIER_AGREED: Fields(_EITHER, (_R.CARRIER,), (_N.VERSION,)),
    _E.OUTAGE_DECLARED: Fields(_PERSON, (_R.OUTAGE,)),
    _E.OUTAGE_ENDED: Fields(_PERSON, (_R.OUTAGE,)),
    _E.FINDING_CONTESTED: Fields(_PERSON, (_R.CONTESTED,)),
    _E.FINDING_ANSWERED: Fields(_PERSON, (_R.CONTESTED,)),
    _E.VIEWED_BOARD: Fields(_PERSON, numbers=(_N.FLIGHTS, _N.SCHEDULED)),
    _E.VIEWED_FLIGHT: Fields(_PERSON, (_R.JOURNEY,), (_N.TRAVELLERS,)),
    _E.VIEWED_QUEUE: Fields(_PERSON, numbers=(_N.HITS, _N.SECONDS, _N.REVIEWS, _N.OVERDUE)),
    _E.VIEWED_DOSSIER: Fields(_PERSON, (_R.TRAVELLER, _R.HIT, _R.DECISION), (_N.HITS, _N.OWN_NAME)),
    _E.VIEWED_RAW: Fields(_PERSON, (_R.MESSAGE,), (_N.TRAVELLER,)),
    _E.VIEWED_REFERRALS: Fields(_PERSON, (None, _R.REFERRAL), (_N.REFERRALS,)),
    _E.VIEWED_LISTS: Fields(
        _PERSON, (None, _R.WATCHLIST, _R.WATCHLIST_ENTRY, _R.WAITING_VERSION), (_N.LISTS, _N.ENTRIES, _N.PAGE)
    ),
    _E.VIEWED_RULES: Fields(_PERSON, (None, _R.RULE), (_N.RULES,)),
    _E.VIEWED_MESSAGES: Fields(_PERSON, (None, _R.MESSAGE), (_N.MESSAGES,)),
    _E.VIEWED_HANDOVER: Fields(_PERSON, numbers=(_N.UNDECIDED, _N.DECISIONS)),
    _E.VIEWED_AUDIT: Fields(_PERSON, (None, _R.AUDIT_TEXT), (_N.ENTRIES,), text=True),
    _E.VIEWED_HEALTH: Fields(_PERSON),
    _E.VIEWED_HOLDS: Fields(_PERSON, numbers=(_N.HOLDS, _N.UNDECIDED)),
    _E.VIEWED_CARRIERS: Fields(_PERSON, (None, _R.CARRIER), (_N.CARRIERS, _N.MESSAGES, _N.FINDINGS)),
    _E.VIEWED_CLEARANCES: Fields(_PERSON, numbers=(_N.CLEARANCES, _N.PROOFS, _N.REPEATED)),
    _E.SEARCHED: Fields(_PERSON, numbers=(_N.FOUND, _N.OWN_NAME), text=True),
    _E.TRIED_NAME: Fields(_PERSON, numbers=(_N.FOUND, _N.LISTS, _N.OWN_NAME), text=True),
    _E.TRIED_ENTRIES: Fields(_PERSON, (_R.WATCHLIST,), (_N.ENTRIES, _N.FLIGHTS, _N.TRAVELLERS, _N.FOUND), text=True),
    _E.EXPORTED: Fields(_EITHER, (_R.AUDIT,)),
    _E.READING_MARKED: Fields(_SYSTEM, (_R.AUDIT_ENTRY,), (_N.ACCOUNT, *_MARKS, _N.USUAL, _N.DAYS)),
    _E.READING_REVIEWED: Fields(_PERSON, (_R.AUDIT_ENTRY,), text=True),
    _E.AUDIT_EXPIRED: Fields(_SYSTEM, (_R.AUDIT,), (_N.ENTRIES,)),
    _E.REFUSED_ACCESS: Fields(_PERSON),
    _E.ACCOUNT_ADDED: Fields(_EITHER, (_R.ACCOUNT,)),
    _E.ACCOUNT_NAMED: Fields(_EITHER, (_R.ACCOUNT,)),
    _E.ACCOUNT_RESET: Fields(_EITHER, (_R.ACCOUNT,), (_N.PASSWORD, _N.SECOND_FACTOR)),
    _E.BACKUP_MADE: Fields(_SYSTEM, numbers=(_N.ROWS,)),
    _E.BACKUP_RESTORED: Fields(_SYSTEM, numbers=(_N.ROWS, _N.REMOVED)),
    _E.ACCOUNT_CONFIRMED: Fields(_PERSON),
    _E.ACCOUNT_PASSWORD_CHANGED: Fields(_PERSON),
    _E.ACCOUNT_FACTOR_ADDED: Fields(_PERSON, (_R.SECOND_FACTOR,)),
    _E.ACCOUNT_FACTOR_REMOVED: Fields(_PERSON, (_R.SECOND_FACTOR,)),
    _E.KEYS_ROTATED: Fields(_SYSTEM, numbers=(_N.KEYS, _N.VALUES)),
    _E.KEYS_RETIRED: Fields(_SYSTEM, numbers=(_N.KEYS,)),
    _E.KEYS_LOST: Fields(_SYSTEM, numbers=(_N.KEYS, _N.VALUES)),
    _E.SIGNED_IN: Fields(_PERSON),
    _E.SIGNED_OUT: Fields(_PERSON),
    _E.SIGN_IN_FAILED: Fields(_SYSTEM, numbers=(_N.UNWRITTEN,)),
}


def misfit(event: AuditEvent, *, person: bool, row: str, numbers: Mapping[str, object], text: bool) -> str:
    """Why an entry may not be written, naming what does not stand in the table and no value; empty where it may."""
    fields = EVENTS[event]
    if fields.behind is not Behind.EITHER and person is not (fields.behind is Behind.PERSON):
        return "has a person behind it" if person else "has nobody behind it"
    if (row or None) not in fields.rows:
        return "names a row of another kind" if row else "names no row"
    for name, number in numbers.items():
        if name not in fields.numbers:
            return f"counts {name}"
        if type(number) is not int:
            return f"counts {name} with what is no whole number"
    return "has a text" if text and not fields.text else ""
