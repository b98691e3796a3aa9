"""What a message says about who travels: the functions of PAXLST and PNRGOV as one closed list.

PAXLST says it in BGM 1004 (CL, CLNB, CLOB, XR, XF …), PNRGOV in MSG 1225 (22 full push, 141 update). An empty
originator cancels a booking. A bare CL closes the flight and takes nobody off: it names nobody, and absence counts only
where the sender says that the list is whole.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torogoz.domain.manifest import Message


class Announcement(StrEnum):
    """What the list of travellers in a message means."""

    MANIFEST = "manifest"
    NAMED_OFF = "named_off"
    NAMED_ON_BOARD = "named_on_board"
    FLIGHT_CLOSED = "flight_closed"
    FLIGHT_CANCELLED = "flight_cancelled"
    FULL_PUSH = "full_push"
    UPDATE_PUSH = "update_push"


#: BGM 1004 → meaning; what is not here is a manifest.
PAXLST_QUALIFIERS: dict[str, Announcement] = {
    "CL": Announcement.FLIGHT_CLOSED,
    "CLNB": Announcement.NAMED_OFF,
    "CLOB": Announcement.NAMED_ON_BOARD,
    "XR": Announcement.NAMED_OFF,
    "RP": Announcement.NAMED_OFF,
    "XF": Announcement.FLIGHT_CANCELLED,
}

#: BGM 1001 of a crew list, whose count (CNT 41) is not that of the passengers.
CREW_LIST = "250"

#: What only names travellers that are known; it brings no new ones.
NAMES_ONLY = frozenset({Announcement.NAMED_OFF, Announcement.FLIGHT_CLOSED, Announcement.FLIGHT_CANCELLED})


def announcement(message: Message) -> Announcement:
    """What the message's list of travellers means. An unknown qualifier is read as a manifest, which harms nobody."""
    if message.type == "PNRGOV":
        return Announcement.FULL_PUSH if message.function == "22" else Announcement.UPDATE_PUSH
    return PAXLST_QUALIFIERS.get(message.qualifier or "", Announcement.MANIFEST)
