"""The closed list of purposes, the classes of data, and which purpose may read which class.

LR-20 asks for a purpose from a closed list at every look; with C-817/19 it binds PNR to terrorism and listed serious
crime. A civil exit ban never reads PNR (design §2). This table is the only place where that is decided.
"""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """Where a value comes from, which decides who may read it and how long it is kept."""

    API = "api"
    PNR = "pnr"
    CROSSING = "crossing"
    LIST = "list"
    INTELLIGENCE = "intelligence"


class Purpose(StrEnum):
    """Why somebody, a list or a rule looks at travellers."""

    BORDER_CONTROL = "border_control"
    SERIOUS_CRIME = "serious_crime"
    EXIT_BAN = "exit_ban"
    PROTECTION = "protection"
    OVERSIGHT = "oversight"


#: purpose → the classes it may read.
MAY_READ: dict[Purpose, frozenset[DataClass]] = {
    Purpose.BORDER_CONTROL: frozenset({DataClass.API, DataClass.CROSSING, DataClass.LIST}),
    Purpose.SERIOUS_CRIME: frozenset(DataClass),
    Purpose.EXIT_BAN: frozenset({DataClass.API, DataClass.LIST}),
    Purpose.PROTECTION: frozenset({DataClass.API, DataClass.CROSSING, DataClass.LIST}),
    Purpose.OVERSIGHT: frozenset({DataClass.API, DataClass.PNR, DataClass.LIST}),
}


def readable_classes(purpose: Purpose) -> frozenset[DataClass]:
    """The data classes that a purpose may read."""
    return MAY_READ[purpose]


def covered_purposes(purpose: Purpose) -> frozenset[Purpose]:
    """The purposes whose work may be done under this one: those that read nothing which this one may not read."""
    return frozenset(other for other in Purpose if MAY_READ[other] <= MAY_READ[purpose])
