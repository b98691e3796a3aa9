"""Contacts and addresses in blocks of a plain booking's segments.

Most contacts are written in one of two ways, an address and a number behind their code and a blank: those of a block
are found at once. Where a block holds any that is written otherwise, its lines are read one by one.
"""

from __future__ import annotations

import re

from torogoz.domain.traveller import Contact, ContactKind
from torogoz.edifact.tokens import SHIELD, STANDARD, ServiceCharacters
from torogoz.messages.contacts import contacts_of, phone

_PHONE, _EMAIL, _ADDRESS = ContactKind.PHONE, ContactKind.EMAIL, ContactKind.ADDRESS
_PLUS = STANDARD.shield("?+")
#: A text that begins with a contact and holds nothing else; `contacts_of` reads each of them as it stands.
_CONTACT = re.compile(
    r"\+CTC(?:E ([A-Z0-9]++(?:[._-][A-Z0-9]++)*+//[A-Z0-9-]++(?:\.[A-Z0-9-]++)++)"
    rf"|[A-DF-Z]? ((?:{_PLUS})?+[0-9]{{6,20}}+))'"
)


def contacts_in(texts: str, service: ServiceCharacters) -> list[Contact]:
    """The contacts in a block of free texts (IFT 4:28)."""
    texts = texts.upper()
    found = _CONTACT.findall(texts)
    if len(found) == texts.count("CTC"):
        return [
            Contact(_EMAIL, email.replace("//", "@")) if email else Contact(_PHONE, number.replace(_PLUS, "+"))
            for email, number in found
        ]
    contacts: list[Contact] = []
    for line in texts.split("'"):
        if "CTC" in line:
            contacts += contacts_of(clear(" ".join(map(str.strip, line.split("+")[2:])), service))
    return contacts


def addresses_in(addresses: str, service: ServiceCharacters) -> list[Contact]:
    """The addresses in a block of segments (ADD), and the phones behind them."""
    found: list[Contact] = []
    for line in addresses.split("'")[:-1]:
        for element in line.split("+")[2:]:
            parts = service.components(element)
            address = ", ".join(filter(None, map(str.strip, parts[1:7])))
            if address:
                found.append(Contact(_ADDRESS, address))
            if len(parts) > 7:
                found += [Contact(_PHONE, number) for number in map(phone, parts[7:]) if number]
    return found


def clear(text: str, service: ServiceCharacters) -> str:
    """A text with what was released in it, without blanks around it."""
    return service.reveal(text).strip() if SHIELD in text else text.strip()
