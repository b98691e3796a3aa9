"""Who asks: the signed-in account with the purpose of its session. Every view begins here.

A page that shows travellers asks with `purpose=True`. A person whose role has one purpose has it always; one who has
several chooses (LR-20), and until then gets the page that asks for it (middleware/blame.py).
"""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from torogoz.domain.purpose import Purpose
from torogoz.domain.staff import PURPOSES, StaffRole, Who
from torogoz.storage.access.guard import who_is


class PurposeNeededError(Exception):
    """The page shows travellers, and this person has not yet said why they look."""


def asker(request: HttpRequest, *, purpose: bool = False) -> Who:
    """The asker of a request. Raises PurposeNeededError where one is needed and could be chosen."""
    account = request.user
    assert account.is_authenticated  # noqa: S101 - LoginRequiredMiddleware has seen to it
    may = purposes_of(StaffRole(account.role) if account.role else None)
    chosen = may[0] if len(may) == 1 else cast("str | None", request.session.get("purpose"))
    who = who_is(account, chosen)
    if purpose and may and who.purpose is None:
        raise PurposeNeededError
    return who


def purposes_of(role: StaffRole | None) -> list[Purpose]:
    """The purposes among which a role chooses, in the order of the closed list."""
    return [each for each in Purpose if role and each in PURPOSES[role]]
