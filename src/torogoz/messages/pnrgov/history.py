"""What was changed in a booking: groups 10–12 of PNRGOV (ABI, DAT, SAC and what it is about) and its LTS lines.

Of a structured entry what, when, by whom and whether added or cancelled is kept: a name or a flight that was changed
late is a fact about the booking (Directive 2016/681, annex I, 19). The text of a request or a remark is not, nor what a
request was about. LTS lines repeat everything in each carrier's own words; they are searched for sensitive data,
counted, and not kept.
"""

from __future__ import annotations

from torogoz.domain.booking import Change
from torogoz.domain.journey import FlightLeg
from torogoz.messages.names import read_name
from torogoz.messages.pnrgov.walk import Group, Reader, Walk
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive

#: SAC 9858 → what was done.
ACTIONS: dict[str, str] = {"A": "added", "X": "cancelled"}
_OFFICE_LENGTH = 12


def read_office(elements: list[str], reading: Reading) -> str | None:
    """ABI: the office that made an entry, else its city, else its carrier."""
    first, second, *_ = [*reading.components(elements, 2), ""]
    offices = (second, first, reading.components(elements, 3)[0], reading.components(elements, 5)[0])
    office = next(filter(None, map(str.strip, offices)), "").upper()
    return office if office.isalnum() and len(office) <= _OFFICE_LENGTH else None


def flight_changed(leg: FlightLeg) -> str:
    """What an entry about a flight says of it."""
    day = f" {leg.departure_local:%Y-%m-%d}" if leg.departure_local else ""
    return f"{leg.designator} {leg.departure_airport or '?'}-{leg.arrival_airport or '?'}{day}"


def _abi(walk: Walk, elements: list[str], _place: int) -> None:
    walk.group, walk.person, walk.leg = Group.HISTORY, None, None
    walk.changed_at, walk.action = None, ""
    walk.office = read_office(elements, walk.reading)


def _dat(walk: Walk, elements: list[str], place: int) -> None:
    _, day, clock, *_ = walk.parts(elements, 1)
    if day:
        walk.changed_at = walk.moment_of(day, clock, place, utc=True)


def _sac(walk: Walk, elements: list[str], _place: int) -> None:
    if walk.group is not Group.HISTORY:
        walk.office = walk.changed_at = None
    walk.group, walk.person, walk.leg = Group.HISTORY, None, None
    code = walk.parts(elements, 3)[0].upper()[:3]
    walk.action = ACTIONS.get(code, code)


def _keep(walk: Walk, what: str, value: str | None, place: int) -> None:
    if walk.action:
        party = walk.booking(place)
        party.changes.append(Change(walk.action, what, value, walk.changed_at, walk.office))
        party.marks.append(("changes", place))


def _tif(walk: Walk, elements: list[str], place: int) -> None:
    surname, given, _, clerical = read_name(
        walk.reading.components(elements, 1)[0], walk.parts(elements, 2)[0], glued=True, table=walk.reading.table
    )
    if clerical:
        walk.reading.withhold_word(place, clerical)
    if surname:
        _keep(walk, "name", f"{surname}/{given or ''}", place)


def _tvl(walk: Walk, elements: list[str], place: int) -> None:
    leg = walk.known_leg(elements, place)
    if leg:
        _keep(walk, "flight", flight_changed(leg), place)


def _ssr(walk: Walk, elements: list[str], place: int) -> None:
    code = walk.requests.hear(elements, place, None, None)
    if code:
        _keep(walk, "request", code, place)


def _tbd(walk: Walk, _elements: list[str], place: int) -> None:
    _keep(walk, "bags", None, place)


def _ift(walk: Walk, elements: list[str], place: int) -> None:
    if contains_sensitive(walk.reading.service.reveal(" ".join(elements[2:])), walk.reading.table):
        walk.reading.withhold(place, ssr=False)
    else:
        _keep(walk, "remark", None, place)


def _lts(walk: Walk, elements: list[str], place: int) -> None:
    if contains_sensitive(walk.reading.service.reveal(" ".join(elements[1:])), walk.reading.table):
        walk.reading.withhold(place, ssr=False)
    if walk.party:
        walk.party.history_lines += 1


ANYWHERE: dict[str, Reader] = {"ABI": _abi, "SAC": _sac, "LTS": _lts}
HISTORY: dict[str, Reader] = {"DAT": _dat, "TIF": _tif, "TVL": _tvl, "SSR": _ssr, "TBD": _tbd, "IFT": _ift}
