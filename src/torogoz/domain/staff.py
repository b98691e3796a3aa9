"""The roles of the people who work here, and for which purposes each may look.

Every access test takes the same five people: analyst, supervisor, data-protection officer, administrator, outsider.
Administrators see structure, never values; the data-protection officer sees use, not content (design §7). A carrier's
own person works elsewhere, and sees how its messages arrived: no traveller, and nothing of another carrier.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from torogoz.domain.purpose import Purpose


class StaffRole(StrEnum):
    """What a person may do. A signed-in person without one may do nothing."""

    ANALYST = "analyst"
    SUPERVISOR = "supervisor"
    DATA_PROTECTION = "data_protection"
    ADMINISTRATOR = "administrator"
    BORDER_OFFICER = "border_officer"
    CARRIER = "carrier"


#: role → the purposes for which it may look at travellers.
PURPOSES: dict[StaffRole, frozenset[Purpose]] = {
    StaffRole.ANALYST: frozenset({Purpose.BORDER_CONTROL, Purpose.SERIOUS_CRIME, Purpose.EXIT_BAN, Purpose.PROTECTION}),
    StaffRole.SUPERVISOR: frozenset(
        {Purpose.BORDER_CONTROL, Purpose.SERIOUS_CRIME, Purpose.EXIT_BAN, Purpose.PROTECTION}
    ),
    StaffRole.DATA_PROTECTION: frozenset({Purpose.OVERSIGHT}),
    StaffRole.ADMINISTRATOR: frozenset(),
    StaffRole.BORDER_OFFICER: frozenset({Purpose.BORDER_CONTROL}),
    StaffRole.CARRIER: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who asks: the account, their role and agency, the compartments open to them, and why they ask.

    `carrier` is the one for which a carrier's own person asks; without it that role opens nothing. `centre` is whether
    their agency is the passenger centre itself.
    """

    account: int
    role: StaffRole | None
    agency: str
    compartments: frozenset[str] = frozenset()
    purpose: Purpose | None = None
    carrier: str = ""
    centre: bool = False
