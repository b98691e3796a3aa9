"""Who travels: group 2 of PNRGOV (TIF, FTI, REF)."""

from __future__ import annotations

from torogoz.domain.traveller import FrequentFlyer, TravellerRole
from torogoz.messages.names import read_name
from torogoz.messages.person import Person
from torogoz.messages.pnrgov.walk import Group, Reader, Walk
from torogoz.messages.sensitive import contains_sensitive

#: TIF 6353: the name of a group, which is nobody's, and an infant.
_GROUP_NAME, _INFANT = "G", "IN"


def _tif(walk: Walk, elements: list[str], place: int) -> None:
    reading = walk.reading
    party = walk.booking(place)
    given, kind, reference, *_ = walk.parts(elements, 2)
    surname = reading.components(elements, 1)[0]
    if kind.upper() == _GROUP_NAME:
        walk.group, walk.person = Group.TRAVELLER, None
        _name_group(walk, f"{surname.strip()} {given}".strip().upper(), place)
        return
    name = read_name(surname, given, glued=True, table=reading.table)
    known = party.named(name, reference)
    if known:
        walk.person = known
        if walk.group is Group.FLIGHT:
            walk.group = Group.CHECK_IN
        return
    if walk.group in (Group.FLIGHT, Group.CHECK_IN, Group.SERVICE):
        reading.note("OUT_OF_GROUP", place)
    walk.group = Group.TRAVELLER
    party.slip = None
    person = walk.person = Person(TravellerRole.PASSENGER)
    person.surname, person.given_names, person.title, clerical = name
    person.infant = kind.upper() == _INFANT
    person.reference = reference or None
    if clerical:
        reading.withhold_word(place, clerical)
    if person.surname is None:
        reading.note("NAME_MISSING", place)
    else:
        person.marks.append(("surname", place))
        if person.given_names:
            person.marks.append(("given_names", place))
    party.add(person)


def _name_group(walk: Walk, name: str, place: int) -> None:
    """A group's name may tell a faith, a party or a union."""
    if contains_sensitive(name, walk.reading.table):
        walk.reading.withhold(place, ssr=False)
    elif name:
        party = walk.booking(place)
        party.group_name = party.group_name or name
        party.marks.append(("group_name", place))


def _fti(walk: Walk, elements: list[str], place: int) -> None:
    if walk.person is None:
        return
    for number in range(1, len(elements)):
        carrier, account, *_ = walk.parts(elements, number)
        if account:
            walk.person.accounts[FrequentFlyer(carrier.upper(), account.upper())] = None
            walk.person.marks.append(("frequent_flyer", place))


def _ref(walk: Walk, elements: list[str], place: int) -> None:
    reference = walk.reading.components(elements, 1)[-1].strip()
    if walk.person and reference:
        walk.person.reference = reference
        walk.person.marks.append(("reference", place))


ANYWHERE: dict[str, Reader] = {"TIF": _tif}
TRAVELLER: dict[str, Reader] = {"FTI": _fti, "REF": _ref}
