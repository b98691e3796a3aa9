"""The field's words in the reader's language: one table for each closed list of the domain (design §5).

`word(member)` gives a member's word; templates write `{{ member|word }}`. A list that pages show stands here whole: a
test walks every table.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torogoz.domain.hit import CauseKind, HitStatus
from torogoz.domain.journey import Direction
from torogoz.domain.purpose import DataClass, Purpose
from torogoz.domain.staff import StaffRole
from torogoz.domain.traveller import TravellerRole
from torogoz.storage.access.board import Lack, MessageStatus, OffReason, TravellerStatus

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
}


def word(member: Enum) -> str:
    """The word of a member of a closed list."""
    return str(WORDS[type(member)][member])
