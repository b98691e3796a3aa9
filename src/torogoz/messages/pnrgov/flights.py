"""The flights of a booking: group 5 of PNRGOV (TVL, TRA, RPI, APD)."""

from __future__ import annotations

from dataclasses import replace

from torogoz.messages.flights import designator, same_leg
from torogoz.messages.pnrgov.party import Held
from torogoz.messages.pnrgov.travel import is_second_name, with_other_number
from torogoz.messages.pnrgov.walk import Group, Reader, Walk
from torogoz.messages.values import short_code


def _tvl(walk: Walk, elements: list[str], place: int) -> None:
    party = walk.booking(place)
    if walk.leg and walk.group is Group.FLIGHT and is_second_name(elements, walk.reading):
        walk.leg = with_other_number(walk.leg, walk.reading.components(elements, 5)[0], walk.pushed)
        party.legs[-1] = walk.leg
        return
    walk.group = Group.FLIGHT
    walk.person = walk.moment = walk.number = None
    walk.leg = walk.known_leg(elements, place)
    walk.here = walk.leg is not None and same_leg(walk.leg, walk.pushed)
    if walk.leg:
        party.legs.append(walk.leg)
        party.held.append(Held(short_code(walk.parts(elements, 5)[1])))
        party.marks.append(("itinerary", place))


def _tra(walk: Walk, elements: list[str], place: int) -> None:
    named = designator(walk.parts(elements, 2)[0], walk.parts(elements, 1)[0].upper())
    if walk.leg and named:
        walk.leg = replace(walk.leg, operating=named)
        walk.booking(place).legs[-1] = walk.leg


def _rpi(walk: Walk, elements: list[str], place: int) -> None:
    status = walk.parts(elements, 2)[0].upper()[:2]
    if walk.leg is None:
        return
    party = walk.booking(place)
    held = party.held[-1]
    held.seats = walk.reading.number(elements, 1, place)
    if status.isalnum():
        held.status = status
        if walk.here:
            for person in party.people:
                person.status = status


def _apd(walk: Walk, elements: list[str], place: int) -> None:
    if walk.leg:
        walk.booking(place).held[-1].aircraft = short_code(walk.parts(elements, 1)[0])


ANYWHERE: dict[str, Reader] = {"TVL": _tvl}
FLIGHT: dict[str, Reader] = {"TRA": _tra, "RPI": _rpi, "APD": _apd}
