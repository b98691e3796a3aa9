"""Code lists that messages share, as tables."""

from __future__ import annotations

from torogoz.domain.traveller import ContactKind, Sex, TravellerRole

#: NAD 3035 → what somebody is on this journey.
ROLES: dict[str, TravellerRole] = {
    "FL": TravellerRole.PASSENGER,
    "FM": TravellerRole.CREW,
    "DDT": TravellerRole.CREW,
    "VW": TravellerRole.CREW,
    "DDU": TravellerRole.TRANSIT,
}
#: ATT 9019 and SSR DOCS → sex.
SEXES: dict[str, Sex] = {"F": Sex.FEMALE, "M": Sex.MALE, "X": Sex.OTHER, "U": Sex.UNSPECIFIED}
#: COM 3155 → kind of contact.
CONTACTS: dict[str, ContactKind] = {"TE": ContactKind.PHONE, "EM": ContactKind.EMAIL, "AL": ContactKind.PHONE}
