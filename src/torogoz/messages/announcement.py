"""What a message says about who travels: the functions of PAXLST and PNRGOV as closed lists.

PAXLST says in BGM 1001 whom its list is of (745 passengers, 250 crew, 266 the state of a flight, 336 a carrier's master
crew list, 655 gate passes) and in 1004 what became of them; PNRGOV in MSG 1225 (22 full push, 141 update). An empty
originator cancels a booking. A bare CL closes the flight and takes nobody off: it names nobody, and absence counts only
where the sender says that the list is whole.

Sources: the PAXLST guide for 745, 250 and 266; for 336, 655 and the letters of crew lists the practice of one state,
which no published guide of ours confirms (docs/reference/messages/paxlst.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from torogoz.domain.traveller import TravellerRole

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    FLIGHT_CHANGED = "flight_changed"
    NOT_OF_A_FLIGHT = "not_of_a_flight"


class ListOf(StrEnum):
    """Whom a PAXLST lists."""

    PASSENGERS = "passengers"
    FLIGHT_CREW = "flight_crew"
    CARGO_CREW = "cargo_crew"
    OVERFLIGHT_CREW = "overflight_crew"
    OVERFLIGHT_CARGO_CREW = "overflight_cargo_crew"
    CONTINUANCE_CREW = "continuance_crew"
    CONTINUANCE_CARGO_CREW = "continuance_cargo_crew"
    FLIGHT_STATUS = "flight_status"
    MASTER_CREW = "master_crew"
    GATE_PASSES = "gate_passes"


#: BGM 1004 → meaning; what is not here is a manifest.
PAXLST_QUALIFIERS: dict[str, Announcement] = {
    "CL": Announcement.FLIGHT_CLOSED,
    "CLNB": Announcement.NAMED_OFF,
    "CLOB": Announcement.NAMED_ON_BOARD,
    "XR": Announcement.NAMED_OFF,
    "RP": Announcement.NAMED_OFF,
    "XF": Announcement.FLIGHT_CANCELLED,
}
#: Those that change what is known of passengers (CP) or of the flight (CF), and take nobody off.
_CHANGES = frozenset(("CP", "CF"))

#: BGM 1004 of a crew list → whose; a C behind the letter says that an earlier list is changed.
CREW_LETTERS: dict[str, ListOf] = {
    "C": ListOf.FLIGHT_CREW,
    "B": ListOf.CARGO_CREW,
    "A": ListOf.OVERFLIGHT_CREW,
    "D": ListOf.OVERFLIGHT_CARGO_CREW,
    "E": ListOf.CONTINUANCE_CREW,
    "F": ListOf.CONTINUANCE_CARGO_CREW,
}
#: Crew whose count (CNT 41) is not that of the passengers.
CREWS = frozenset(CREW_LETTERS.values())
#: BGM 1004 of a master crew list: added, deleted and changed members. Whichever it is, nobody of it is on a flight.
_MASTER = frozenset("GHI")


@dataclass(frozen=True, slots=True)
class Function:
    """A BGM 1001: whom it lists, the 1004 that it is known to carry, and what it means where 1004 is none of ours."""

    list_of: ListOf
    qualifiers: frozenset[str] = field(default_factory=frozenset)
    #: Whether it is known to carry no 1004 at all.
    bare: bool = True
    otherwise: Announcement = Announcement.MANIFEST


#: BGM 1001 → what it is. Any other lists passengers.
FUNCTIONS: Mapping[str, Function] = {
    "745": Function(ListOf.PASSENGERS, _CHANGES | set(PAXLST_QUALIFIERS)),
    "250": Function(ListOf.FLIGHT_CREW, frozenset({*CREW_LETTERS, *(f"{letter}C" for letter in CREW_LETTERS)})),
    "266": Function(
        ListOf.FLIGHT_STATUS, _CHANGES | set(PAXLST_QUALIFIERS), bare=False, otherwise=Announcement.FLIGHT_CHANGED
    ),
    "336": Function(ListOf.MASTER_CREW, _MASTER, otherwise=Announcement.NOT_OF_A_FLIGHT),
    "655": Function(ListOf.GATE_PASSES, otherwise=Announcement.NOT_OF_A_FLIGHT),
}
_OTHER = Function(ListOf.PASSENGERS, bare=False)

#: What only names travellers that are known; it brings no new ones.
NAMES_ONLY = frozenset({Announcement.NAMED_OFF, Announcement.FLIGHT_CLOSED, Announcement.FLIGHT_CANCELLED})


def announcement(message: Message) -> Announcement:
    """What the message's list of travellers means. An unknown qualifier is read as a manifest, which harms nobody."""
    if message.type == "PNRGOV":
        return Announcement.FULL_PUSH if message.function == "22" else Announcement.UPDATE_PUSH
    return meaning(message.function, message.qualifier)


def meaning(function: str | None, qualifier: str | None) -> Announcement:
    """What the list of a PAXLST of this BGM means."""
    found = FUNCTIONS.get(function or "", _OTHER)
    if found.otherwise is Announcement.NOT_OF_A_FLIGHT or _is_master(function, qualifier):
        return Announcement.NOT_OF_A_FLIGHT
    return PAXLST_QUALIFIERS.get(qualifier or "", found.otherwise)


def list_of(message: Message) -> ListOf | None:
    """Whom a PAXLST or a table lists; None for others. The form before the standard has no BGM: its people tell."""
    if message.type not in {"PAXLST", "TABULAR"}:
        return None
    if _is_master(message.function, message.qualifier):
        return ListOf.MASTER_CREW
    if message.function == "250":
        return CREW_LETTERS.get((message.qualifier or "")[:1], ListOf.FLIGHT_CREW)
    crew = message.travellers and all(each.role is TravellerRole.CREW for each in message.travellers)
    if message.function is None and crew:
        return ListOf.FLIGHT_CREW
    return FUNCTIONS.get(message.function or "", _OTHER).list_of


def is_known(function: str | None, qualifier: str | None) -> bool:
    """Whether BGM says something that is in these tables."""
    found = FUNCTIONS.get(function or "", _OTHER)
    return qualifier in found.qualifiers or (not qualifier and found.bare) or _is_master(function, qualifier)


def _is_master(function: str | None, qualifier: str | None) -> bool:
    """Some send a master crew list as a crew list, which its letter tells."""
    return function == "250" and qualifier in _MASTER
