"""Who checked in: groups 6 (DAT) and 7 (TRI, TIF, SSD, TBD) of PNRGOV, under the flight that they check in for.

Only what is said of the flight that is pushed counts as being checked in; bags are taken from another where it says
nothing.
"""

from __future__ import annotations

from torogoz.messages.pnrgov.baggage import read_bags
from torogoz.messages.pnrgov.walk import Group, Reader, Walk
from torogoz.messages.values import seat, short_code

#: DAT 2005: the moment of checking in.
_CHECKED_IN = "2"


def _dat(walk: Walk, elements: list[str], place: int) -> None:
    walk.group = Group.CHECK_IN
    walk.person = walk.moment = walk.number = None
    kind, day, clock, *_ = walk.parts(elements, 1)
    if kind == _CHECKED_IN and day:
        walk.moment = walk.moment_of(day, clock, place, utc=False)


def _tri(walk: Walk, elements: list[str], place: int) -> None:
    walk.group = Group.CHECK_IN
    number, _, _, reference, *_ = walk.parts(elements, 2)
    walk.person = walk.booking(place).references.get(reference) if reference else None
    walk.number = number.replace(" ", "").upper() or None


def _ssd(walk: Walk, elements: list[str], place: int) -> None:
    person = walk.person
    if person is None or not walk.here:
        return
    person.checked_in = True
    person.checked_in_at = walk.moment or person.checked_in_at
    person.check_in_number = walk.number or person.check_in_number
    person.cabin = short_code(walk.parts(elements, 5)[0]) or person.cabin
    on_board = seat(walk.reading.components(elements, 1)[0])
    if on_board:
        person.seat = on_board
        person.marks.append(("seat", place))


def _tbd(walk: Walk, elements: list[str], place: int) -> None:
    person = walk.person
    if person and (walk.here or person.pieces is None):
        read_bags(elements, place, person, walk.reading)
        person.marks.append(("bags", place))


FLIGHT: dict[str, Reader] = {"DAT": _dat, "TRI": _tri}
CHECK_IN: dict[str, Reader] = {"SSD": _ssd, "TBD": _tbd}
