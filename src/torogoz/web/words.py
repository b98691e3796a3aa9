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

from torogoz.domain.answer import Effect
from torogoz.domain.carrier import Acknowledge, Transport, Verdict
from torogoz.domain.coverage import Stage, State
from torogoz.domain.finding import Severity
from torogoz.domain.hit import Action, CauseKind, Ground, HitStatus, Identity
from torogoz.domain.journey import Direction, Mode
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.referral import Channel, Outcome
from torogoz.domain.staff import StaffRole
from torogoz.domain.traveller import TravellerRole
from torogoz.domain.watchlist import Identifiers, ListAction
from torogoz.flow.try_name import Raising
from torogoz.storage.access.board import Lack, MessageStatus, OffReason, TravellerStatus
from torogoz.storage.access.loads import TooOften
from torogoz.storage.access.marks import Marks
from torogoz.storage.access.rules import Review, RuleState
from torogoz.storage.access.timeline import Happened
from torogoz.storage.access.to_protect import Why
from torogoz.storage.access.waiting import ChangeKind
from torogoz.web.audit_words import AUDIT_WORDS
from torogoz.web.clearance_words import CLEARANCE_WORDS

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
        StaffRole.CARRIER: _("Carrier"),
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
    Mode: {
        Mode.AIR: _("By air"),
        Mode.SEA: _("By sea"),
        Mode.LAND: _("By land"),
    },
    TravellerRole: {
        TravellerRole.PASSENGER: _("Passenger"),
        TravellerRole.CREW: _("Crew member"),
        TravellerRole.TRANSIT: _("In transit"),
    },
    Identifiers: {
        Identifiers.NAME: _("Name"),
        Identifiers.BIRTH_DATE: _("Whole birth date"),
        Identifiers.NATIONALITY: _("Nationality"),
        Identifiers.SEX: _("Sex"),
        Identifiers.DOCUMENT: _("Document"),
    },
    ChangeKind: {
        ChangeKind.ADDED: pgettext_lazy("entry", "Added"),
        ChangeKind.CHANGED: pgettext_lazy("entry", "Changed"),
        ChangeKind.REMOVED: pgettext_lazy("entry", "Removed"),
    },
    Effect: {Effect.NO_BOARD: _("Must not board"), Effect.ADVISORY: _("Further check")},
    CauseKind: {CauseKind.WATCHLIST: _("Watchlist"), CauseKind.RULE: _("Targeting rule")},
    HitStatus: {
        HitStatus.OPEN: _("Open"),
        HitStatus.AWAITING_SECOND: _("Waits for a second person"),
        HitStatus.DECIDED: _("Decided"),
        HitStatus.NOT_TRAVELLING: _("Not travelling"),
        HitStatus.WITHDRAWN: _("Withdrawn"),
    },
    Stage: {
        Stage.HOUR_BEFORE: _("an hour before departure"),
        Stage.DEPARTURE: _("at departure"),
        Stage.ARRIVAL: _("at arrival"),
    },
    State: {
        State.THERE: _("there"),
        State.AWAITED: _("awaited"),
        State.SHORT: _("too few"),
        State.MISSING: _("missing"),
        State.OUTAGE: _("outage declared"),
        State.NOT_DUE: _("not due"),
    },
    Transport: {
        Transport.HTTPS: _("HTTPS"),
        Transport.FILES: _("Files"),
        Transport.TYPE_B: _("Type B telex"),
        Transport.EMAIL: _("E-mail"),
        Transport.QUEUE: _("Message queue"),
    },
    Why: {
        Why.MINOR: _("A child, with an order confirmed: they board, and protection must meet them"),
        Why.PROTECTED: _("Somebody to protect, with an order confirmed: they board, and protection must meet them"),
    },
    Acknowledge: {
        Acknowledge.CONTRL: _("CONTRL: each message and each segment in error"),
        Acknowledge.ACKRES: _("ACKRES: each flight and each error found"),
    },
    TooOften: {
        TooOften.DAY: _("too many hits in a day"),
        TooOften.WEEK: _("too many hits in a week"),
        TooOften.REJECTED: _("nearly all were somebody else"),
    },
    Raising: {
        Raising.QUEUE: _("Would stand in the queue"),
        Raising.DOSSIER: _("Would be shown in the dossier only"),
        Raising.NONE: _("Would raise nothing"),
    },
    Verdict: {Verdict.RIGHT: _("The carrier is right"), Verdict.STANDS: _("The finding stands")},
    Severity: {Severity.NOTE: _("Note"), Severity.WARNING: _("Warning"), Severity.ERROR: _("Error")},
    Marks: {Marks.ALL: _("Marked only"), Marks.OPEN: _("Marked, not looked at yet")},
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
    **AUDIT_WORDS,
    **CLEARANCE_WORDS,
    Lack: {
        Lack.NO_API: _("No API"),
        Lack.NO_PNR: _("No PNR"),
        Lack.API_AWAITED: _("API awaited"),
        Lack.INCOMPLETE: _("API incomplete"),
        Lack.PNR_INCOMPLETE: _("PNR incomplete"),
        Lack.NOT_SCHEDULED: _("Not in the schedule"),
        Lack.OUTAGE: _("Outage declared"),
        Lack.API_NOT_DUE: _("API not due"),
        Lack.PNR_NOT_DUE: _("PNR not due"),
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
