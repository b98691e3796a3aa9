"""Tickets and how they were paid: groups 3 (TKT, MON, PTK, DAT) and 4 (FOP, IFT 4:43) of PNRGOV."""

from __future__ import annotations

from msgspec import structs

from torogoz.domain.booking import Payment
from torogoz.domain.traveller import Contact, ContactKind
from torogoz.messages.contacts import phone
from torogoz.messages.pnrgov.party import Slip
from torogoz.messages.pnrgov.walk import Group, Reader, Walk

#: MON 5025: the price before taxes, and the price.
_FARE, _TOTAL = "B", "T"
#: DAT 2005: the day of issue.
_ISSUED = "710"


def _tkt(walk: Walk, elements: list[str], place: int) -> None:
    number = walk.reading.components(elements, 1)[0].strip()
    if number:
        party = walk.booking(place)
        person = walk.person if walk.group is Group.TRAVELLER else None
        party.slip = party.tickets.setdefault(number, Slip(person))
        party.marks.append(("tickets", place))


def _mon(walk: Walk, elements: list[str], place: int) -> None:
    party = walk.booking(place)
    for number in range(1, len(elements)):
        kind, amount, currency, *_ = walk.parts(elements, number)
        if kind == _TOTAL and (amount or currency):
            party.total = (amount or None, currency.upper() or None)
        if party.slip and amount and kind in (_FARE, _TOTAL):
            setattr(party.slip, "fare" if kind == _FARE else "total", amount)
            party.slip.currency = party.slip.currency or currency.upper() or None


def _ptk(walk: Walk, elements: list[str], place: int) -> None:
    day, clock, *_ = walk.parts(elements, 3)
    _issue(walk, day, clock, place)


def _dat(walk: Walk, elements: list[str], place: int) -> None:
    for number in range(1, len(elements)):
        kind, day, clock, *_ = walk.parts(elements, number)
        if kind == _ISSUED:
            _issue(walk, day, clock, place)


def _issue(walk: Walk, day: str, clock: str, place: int) -> None:
    """The day of issue stands in PTK, and better in DAT, which comes later."""
    slip = walk.booking(place).slip
    if slip and day:
        slip.issued_at = walk.moment_of(day, clock, place, utc=False) or slip.issued_at


def _fop(walk: Walk, elements: list[str], place: int) -> None:
    party = walk.booking(place)
    party.unpaid = len(party.payments)
    for number in range(1, len(elements)):
        form, _, amount, brand, card, expiry, *_ = walk.parts(elements, number)
        if form:
            total, currency = party.total
            party.payments.append(
                Payment(
                    form.upper(), card or None, amount or total, currency, brand.upper() or None, _month(expiry, walk)
                )
            )
            party.marks.append(("payments", place))


def _month(text: str, walk: Walk) -> str | None:
    """MMYY as YYYY-MM, in the century of the message; None for anything else."""
    if len(text) != 4 or not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:2]) <= 12:
        return None
    century = walk.reading.day.year // 100 if walk.reading.day else 20
    return f"{century}{text[2:]}-{text[:2]}"


def read_payer(walk: Walk, texts: list[str], place: int) -> None:
    """IFT 4:43 behind FOP: name, address and phone of who pays."""
    party = walk.party
    if party is None:
        return
    name, address, *rest = [*texts, "", ""]
    if name:
        for paid in range(party.unpaid, len(party.payments)):
            party.payments[paid] = structs.replace(party.payments[paid], holder=name.upper())
    found = [Contact(ContactKind.ADDRESS, address)] if address else []
    found += [Contact(ContactKind.PHONE, number) for number in filter(None, map(phone, rest))]
    walk.keep_contacts(found, place, payer=True)


ANYWHERE: dict[str, Reader] = {"TKT": _tkt, "MON": _mon, "PTK": _ptk, "FOP": _fop}
TRAVELLER: dict[str, Reader] = {"DAT": _dat}
