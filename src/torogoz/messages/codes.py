"""Code lists that messages share, as tables."""

from __future__ import annotations

from torogoz.domain.traveller import ContactKind, CrewRole, Sex, TravellerRole

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
#: NAD 3035 of those who only change planes: their role tells whether they are crew.
IN_TRANSIT = frozenset(("DDU", "DDT"))
#: NAD 3035 of parties that do not travel, wherever they stand.
PARTIES = frozenset(("MS",))
#: EMP 9003 → what a member of the crew does.
CREW_ROLES: dict[str, CrewRole] = {
    "CR1": CrewRole.COCKPIT,
    "CR2": CrewRole.CABIN,
    "CR3": CrewRole.OPERATIONS_MANAGER,
    "CR4": CrewRole.CARGO_NON_COCKPIT,
    "CR5": CrewRole.OFF_DUTY_PILOT,
}
#: GEI 7365 → whether the carrier verified what it sends; ZZZ says nothing.
VERIFIED: dict[str, bool] = {"173": True, "174": False}
