"""The field's words in the reader's language: one table for each closed list of the domain (design §5).

`word(member)` gives a member's word; templates write `{{ member|word }}`. A list that pages show stands here whole: a
test walks every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torogoz.domain.audit import AuditEvent
from torogoz.domain.finding import Severity
from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.staff import StaffRole
from torogoz.domain.traveller import TravellerRole
from torogoz.domain.watchlist import ListAction
from torogoz.storage.access.board import Lack, MessageStatus, OffReason, TravellerStatus
from torogoz.storage.access.rules import Review, RuleState
from torogoz.storage.access.timeline import Happened

WORDS: dict[type[Enum], Mapping[Enum, str | Promise]] = {
    Purpose: {
        Purpose.BORDER_CONTROL: _("Border control"),
        Purpose.SERIOUS_CRIME: _("Terrorism and serious crime"),
        Purpose.EXIT_BAN: _("Exit bans"),
        Purpose.PROTECTION: _("Protection of persons"),
        Purpose.OVERSIGHT: _("Oversight"),
    },
    StaffRole: {
        StaffRole.ANALYST: _("Analyst"),
        StaffRole.SUPERVISOR: _("Supervisor"),
        StaffRole.DATA_PROTECTION: _("Data-protection officer"),
        StaffRole.ADMINISTRATOR: _("Administrator"),
        StaffRole.BORDER_OFFICER: _("Border officer"),
    },
    DataClass: {
        DataClass.API: _("API"),
        DataClass.PNR: _("PNR"),
        DataClass.CROSSING: _("Crossing record"),
        DataClass.LIST: _("Watchlist"),
        DataClass.INTELLIGENCE: _("Intelligence"),
    },
    Direction: {
        Direction.INBOUND: _("Inbound"),
        Direction.OUTBOUND: _("Outbound"),
        Direction.OTHER: _("Other flight"),
    },
    TravellerRole: {
        TravellerRole.PASSENGER: _("Passenger"),
        TravellerRole.CREW: _("Crew member"),
        TravellerRole.TRANSIT: _("In transit"),
    },
    CauseKind: {CauseKind.WATCHLIST: _("Watchlist"), CauseKind.RULE: _("Targeting rule")},
    HitStatus: {
        HitStatus.OPEN: _("Open"),
        HitStatus.AWAITING_SECOND: _("Waits for a second person"),
        HitStatus.DECIDED: _("Decided"),
        HitStatus.NOT_TRAVELLING: _("Not travelling"),
        HitStatus.WITHDRAWN: _("Withdrawn"),
    },
    Severity: {Severity.NOTE: _("Note"), Severity.WARNING: _("Warning"), Severity.ERROR: _("Error")},
    AuditEvent: {
        AuditEvent.SENDER_ENROLLED: _("Sender enrolled"),
        AuditEvent.SENDER_REVOKED: _("Sender's key withdrawn"),
        AuditEvent.SENDER_REFUSED: _("Unknown sender refused"),
        AuditEvent.DELIVERY_RECEIVED: _("Delivery received"),
        AuditEvent.MESSAGE_LOADED: _("Message loaded"),
        AuditEvent.MESSAGE_DUPLICATE: _("Message was a duplicate"),
        AuditEvent.MESSAGE_REFUSED: _("Message refused"),
        AuditEvent.MESSAGE_REPLAYED: _("Delivery replayed"),
        AuditEvent.FLIGHT_SCREENED: _("Flight screened"),
        AuditEvent.HIT_RAISED: _("Hit raised"),
        AuditEvent.HIT_UPDATED: _("Hit changed"),
        AuditEvent.HIT_CLOSED: _("Hit closed"),
        AuditEvent.HIT_REOPENED: _("Hit reopened"),
        AuditEvent.HIT_CLAIMED: _("Hit claimed"),
        AuditEvent.HIT_RELEASED: _("Claim ended"),
        AuditEvent.HIT_REASSIGNED: _("Hit given to a colleague"),
        AuditEvent.HIT_ALARMED: _("Undecided hit alarmed"),
        AuditEvent.DECISION_MADE: _("Decision made"),
        AuditEvent.DECISION_SECONDED: _("Second person answered"),
        AuditEvent.DECISION_REVIEWED: _("Urgent decision reviewed"),
        AuditEvent.REFERRAL_SENT: _("Referral sent"),
        AuditEvent.REFERRAL_ACKNOWLEDGED: _("Referral acknowledged"),
        AuditEvent.REFERRAL_ANSWERED: _("Referral answered"),
        AuditEvent.REFERRAL_PRINTED: _("Referral printed"),
        AuditEvent.REFERRAL_WITHDRAWN: _("Referral withdrawn"),
        AuditEvent.NOTE_WRITTEN: _("Note written"),
        AuditEvent.PERSON_LINKED: _("Journeys joined to a person"),
        AuditEvent.PERSON_UNLINKED: _("Journey parted from a person"),
        AuditEvent.HOLD_PLACED: _("Hold placed"),
        AuditEvent.HOLD_REVIEWED: _("Hold reviewed"),
        AuditEvent.HOLD_ENDED: _("Hold ended"),
        AuditEvent.RECORD_MASKED: _("Records masked"),
        AuditEvent.RECORD_PURGED: _("Records purged"),
        AuditEvent.RETENTION_CERTIFIED: _("Run of retention certified"),
        AuditEvent.LEDGER_REAPPLIED: _("Ledger applied after a restore"),
        AuditEvent.WATCHLIST_IMPORTED: _("Watchlist imported"),
        AuditEvent.WATCHLIST_REFUSED: _("Watchlist refused"),
        AuditEvent.RULE_PROPOSED: _("Rule proposed"),
        AuditEvent.RULE_APPROVED: _("Rule approved"),
        AuditEvent.RULE_REFUSED: _("Rule refused"),
        AuditEvent.RULE_STOP_REQUESTED: _("Stop of a rule asked for"),
        AuditEvent.RULE_STOP_REFUSED: _("Stop of a rule refused"),
        AuditEvent.RULE_STOPPED: _("Rule stopped"),
        AuditEvent.SCHEDULE_IMPORTED: _("Schedule imported"),
        AuditEvent.VIEWED_BOARD: _("Saw the flights"),
        AuditEvent.VIEWED_FLIGHT: _("Saw a flight"),
        AuditEvent.VIEWED_QUEUE: _("Saw the queue"),
        AuditEvent.VIEWED_DOSSIER: _("Saw a dossier"),
        AuditEvent.VIEWED_RAW: _("Saw a raw message"),
        AuditEvent.VIEWED_REFERRALS: _("Saw referrals"),
        AuditEvent.VIEWED_LISTS: _("Saw watchlists"),
        AuditEvent.VIEWED_RULES: _("Saw rules"),
        AuditEvent.VIEWED_MESSAGES: _("Saw messages"),
        AuditEvent.VIEWED_HANDOVER: _("Saw the handover"),
        AuditEvent.VIEWED_AUDIT: _("Saw the audit"),
        AuditEvent.VIEWED_HEALTH: _("Saw the health page"),
        AuditEvent.VIEWED_HOLDS: _("Saw the holds"),
        AuditEvent.SEARCHED: _("Searched"),
        AuditEvent.EXPORTED: _("Exported"),
        AuditEvent.REFUSED_ACCESS: _("Access refused"),
        AuditEvent.ACCOUNT_ADDED: _("Account added"),
        AuditEvent.ACCOUNT_RESET: _("Account reset"),
        AuditEvent.SIGNED_IN: _("Signed in"),
        AuditEvent.SIGNED_OUT: _("Signed out"),
        AuditEvent.SIGN_IN_FAILED: _("Sign-in failed"),
    },
    Identity: {
        Identity.SAME: _("The same person"),
        Identity.NOT_SAME: _("Not the same person"),
        Identity.UNCLEAR: _("Unclear"),
    },
    Ground: {Ground.YES: _("There is a ground today"), Ground.NO: _("There is no ground today")},
    Action: {
        Action.NONE: _("Nothing"),
        Action.WATCH: _("Watch"),
        Action.REFER: _("Refer to an officer"),
        Action.PROTECTION: _("Protection"),
    },
    Channel: {
        Channel.SCREEN: _("Screen"),
        Channel.PHONE: _("Telephone"),
        Channel.RADIO: _("Radio"),
        Channel.PAPER: _("Paper"),
    },
    Outcome: {
        Outcome.FOUND: _("Found"),
        Outcome.NOT_FOUND: _("Not found"),
        Outcome.WRONG_PERSON: _("Wrong person"),
    },
    ListAction: {
        ListAction.ARREST: _("Arrest"),
        ListAction.REFER: _("Refer"),
        ListAction.DISCREET: _("Discreet observation"),
        ListAction.INFORM: _("Inform the owner"),
        ListAction.PROTECT: _("Protect"),
        ListAction.EXIT_BAN: _("Exit ban"),
    },
    Happened: {
        Happened.MESSAGE: _("Message received"),
        Happened.ABSENT: _("Message received that takes the traveller off"),
        Happened.RAISED: _("Hit raised"),
        Happened.UPDATED: _("Hit updated by new data, a new list version or a new rule"),
        Happened.CLOSED: _("Hit closed: not travelling, or its cause no longer holds"),
        Happened.REOPENED: _("Hit open again"),
        Happened.ALARMED: _("Supervisors alarmed"),
        Happened.CLAIMED: _("Hit claimed"),
        Happened.RELEASED: _("Claim ended"),
        Happened.REASSIGNED: _("Hit given to another reviewer"),
        Happened.DECIDED: _("Decision"),
        Happened.AGREED: _("Second person agreed"),
        Happened.DISAGREED: _("Second person did not agree"),
        Happened.UPHELD: _("Urgent decision upheld"),
        Happened.OVERTURNED: _("Urgent decision not upheld"),
        Happened.REFERRED: _("Referral sent"),
        Happened.ACKNOWLEDGED: _("Referral acknowledged"),
        Happened.ANSWERED: _("Officer answered"),
        Happened.WITHDRAWN: _("Referral withdrawn"),
        Happened.NOTED: _("Note"),
    },
    Lack: {
        Lack.NO_API: _("No API"),
        Lack.NO_PNR: _("No PNR"),
        Lack.API_AWAITED: _("API awaited"),
        Lack.INCOMPLETE: _("API incomplete"),
        Lack.NOT_SCHEDULED: _("Not in the schedule"),
    },
    TravellerStatus: {
        TravellerStatus.EXPECTED: _("Expected"),
        TravellerStatus.CHECKED_IN: _("Checked in"),
        TravellerStatus.BOARDED: _("On board"),
        TravellerStatus.NOT_TRAVELLING: _("Not travelling"),
    },
    OffReason: {
        OffReason.CLOSED_OUT: _("not on board at close-out"),
        OffReason.CANCELLED: _("booking cancelled"),
        OffReason.ABSENT: _("no longer in the bookings"),
        OffReason.REMOVED: _("taken off by the carrier"),
        OffReason.FLIGHT_CANCELLED: _("flight cancelled"),
    },
    MessageStatus: {
        MessageStatus.LOADED: _("Loaded"),
        MessageStatus.DUPLICATE: _("Duplicate"),
        MessageStatus.REFUSED: _("Refused"),
    },
    RuleState: {
        RuleState.PROPOSED: _("Waits for a second person"),
        RuleState.ACTIVE: _("In force"),
        RuleState.ASLEEP: _("Asleep: its review date has passed"),
        RuleState.REFUSED: pgettext_lazy("version", "Turned down"),
        RuleState.STOPPED: pgettext_lazy("version", "Stopped"),
    },
    Review: {Review.PAST: _("past"), Review.SOON: _("soon"), Review.LATER: _("later")},
}


def word(member: Enum) -> str:
    """The word of a member of a closed list."""
    return str(WORDS[type(member)][member])
