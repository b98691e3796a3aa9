"""What a booking says of itself: level 0, group 1 (SRC, RCI, DAT, ORG, ADD, IFT, EBD) and group 8 (EQN, RCI).

Group 8 names the bookings that travellers were split off to or from.
"""

from __future__ import annotations

from torogoz.domain.booking import Locator, Split
from torogoz.domain.traveller import Contact, ContactKind
from torogoz.messages.contacts import contacts_of, phone
from torogoz.messages.formats import day_first_of
from torogoz.messages.pnrgov.agency import read_agency
from torogoz.messages.pnrgov.money import read_payer
from torogoz.messages.pnrgov.party import Party
from torogoz.messages.pnrgov.travel import read_leg
from torogoz.messages.pnrgov.walk import Group, Reader, Walk
from torogoz.messages.sensitive import contains_sensitive

#: RCI 9980: the reference is departure control's, which has no locator.
_DEPARTURE_CONTROL = "C"
#: IFT 4451: information about who pays.
_PAYER = "43"
#: DAT 2005: the last transaction, and ticketing.
_CHANGED, _TICKETING = "700", "710"


def _msg(walk: Walk, elements: list[str], _place: int) -> None:
    parts = walk.reading.components(elements, 1)
    function = (parts[1] if len(parts) > 1 else parts[0]).strip()
    walk.function = function if function.isalnum() and len(function) <= 3 else ""


def _tvl(walk: Walk, elements: list[str], place: int) -> None:
    walk.pushed = walk.pushed or read_leg(elements, place, walk.reading)


def _count(walk: Walk, elements: list[str], place: int) -> None:
    number = walk.reading.number(elements, 1, place)
    walk.expected = number if walk.expected is None else walk.expected


def _eqn(walk: Walk, elements: list[str], place: int) -> None:
    """Inside a booking it says how many went into another one, whose locator comes next."""
    walk.split = walk.reading.number(elements, 1, place) or 0


def read_locators(walk: Walk, elements: list[str], place: int) -> None:
    """RCI: the booking's names; the first is its own, unless it is departure control's and another follows."""
    party = walk.booking(place)
    split, walk.split = walk.split, None
    sent = [walk.parts(elements, number) for number in range(1, len(elements))]
    named = [parts for parts in sent if parts[1]]
    if split is not None:
        for parts in named:
            party.splits.append(Split(parts[1].upper(), parts[0].upper() or None, split or None))
        return
    if party.locator is None and named:
        own = next((parts for parts in named if parts[2].upper() != _DEPARTURE_CONTROL), named[0])
        party.locator, party.carrier = own[1].upper(), own[0].upper() or None
        party.marks.append(("record_locator", place))
        # The type is left out by some, which moves date and time one place forward.
        rest = [part for part in own[2:] if (part.isdecimal() and len(part) in (4, 6)) or day_first_of(part)]
        if rest:
            party.created_at = walk.moment_of(rest[0], rest[1] if len(rest) > 1 else "", place, utc=True)
    for parts in named:
        if parts[1].upper() != party.locator:
            party.locators[Locator(parts[0].upper() or None, parts[1].upper())] = None


def _org(walk: Walk, elements: list[str], place: int) -> None:
    party = walk.booking(place)
    party.agency = read_agency(elements, walk.reading)
    if party.agency:
        party.marks.append(("agency", place))
    else:
        party.emptied = True


def _dat(walk: Walk, elements: list[str], place: int) -> None:
    party = walk.booking(place)
    for number in range(1, len(elements)):
        kind, day, clock, *_ = walk.parts(elements, number)
        if not day:
            continue
        if kind == _CHANGED:
            party.changed_at = walk.moment_of(day, clock, place, utc=True)
        elif kind == _TICKETING:
            party.ticketing_at = walk.moment_of(day, clock, place, utc=True)


def read_address(walk: Walk, elements: list[str], place: int) -> None:
    """ADD: addresses, and phones in the place behind them."""
    found: list[Contact] = []
    for number in range(2, len(elements)):
        parts = [part.strip() for part in walk.reading.components(elements, number)]
        address = ", ".join(filter(None, parts[1:7]))
        if address:
            found.append(Contact(ContactKind.ADDRESS, address))
        found += [Contact(ContactKind.PHONE, number) for number in filter(None, map(phone, parts[7:]))]
    walk.keep_contacts(found, place)


def read_text(walk: Walk, elements: list[str], place: int) -> None:
    """IFT: contacts in free text, and who pays. Of remarks nothing is kept."""
    reading = walk.reading
    texts = [reading.service.reveal(each).strip() for each in elements[2:]]
    # Who pays is a record of name, address and phone, not a remark.
    if reading.components(elements, 1)[1:2] == [_PAYER]:
        read_payer(walk, texts, place)
    elif contains_sensitive(" ".join(texts), reading.table):
        reading.withhold(place, ssr=False)
    elif walk.party:
        walk.keep_contacts(contacts_of(" ".join(texts)), place)


def _ebd(walk: Walk, elements: list[str], place: int) -> None:
    party, pieces = walk.booking(place), walk.reading.number(elements, 2, place)
    if pieces is not None:
        party.bags = (party.bags or 0) + pieces
        party.marks.append(("bags", place))


def begin(walk: Walk, place: int) -> None:
    """Begin a booking."""
    walk.party = Party(place)
    walk.group = Group.BOOKING
    walk.person = walk.leg = walk.split = None
    walk.here = False


HEAD: dict[str, Reader] = {"MSG": _msg, "TVL": _tvl, "EQN": _count, "IFT": read_text, "RCI": read_locators}
BOOKING: dict[str, Reader] = {"ORG": _org, "DAT": _dat, "EBD": _ebd}
ANYWHERE: dict[str, Reader] = {"RCI": read_locators, "EQN": _eqn, "ADD": read_address, "IFT": read_text}
TRAVELLER: dict[str, Reader] = {"EBD": _ebd}
