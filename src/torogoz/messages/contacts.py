"""Contacts in free text: CTCE, CTCM and their kin, as OSI, SSR and address segments spell them.

`//` stands for `@`, `..` for `_` and `./` for `-` (the signs that teletype lacks). A phone is at least six digits.
"""

from __future__ import annotations

import re

from torogoz.domain.traveller import Contact, ContactKind

_CONTACT = re.compile(r"\bCTC ?([A-Z]?)(.*)", re.DOTALL)
_PHONE = re.compile(r"\+?\d(?:[ ().-]{0,2}\d){5,19}")
#: So many digits has a phone.
_FEWEST, _MOST = 6, 20
#: It begins where a run of its signs does, and gives none of them back: a long text is looked through once.
_EMAIL = re.compile(r"(?<![^\s@/])[^\s@/]++@[^\s@/]+\.[^\s@/]+")


def contacts_of(text: str) -> list[Contact]:
    """The contact that a free text gives with CTC…; none for other texts."""
    found = _CONTACT.search(text.upper())
    return [] if found is None else contact_in(found[2], email=found[1] == "E")


def contact_in(text: str, *, email: bool) -> list[Contact]:
    """The e-mail address or phone number that a text holds."""
    if email:
        address = _EMAIL.search(text.upper().replace("//", "@").replace("..", "_").replace("./", "-"))
        return [Contact(ContactKind.EMAIL, address[0])] if address else []
    number = phone(text)
    return [Contact(ContactKind.PHONE, number)] if number else []


def phone(text: str) -> str | None:
    """The first phone number in a text, its digits and a leading plus."""
    if text.isdecimal() and _FEWEST <= len(text) <= _MOST:
        return text
    found = _PHONE.search(text)
    if found is None:
        return None
    return found[0] if found[0].isdecimal() else re.sub(r"[^\d+]", "", found[0])
