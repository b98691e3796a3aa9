"""The guard every door passes: roles, purposes, agencies and compartments, failing closed.

A refusal is itself an audit entry, and its text is the same whether the row does not exist or may not be seen, so
that nobody learns from a refusal that there is something to see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from django.db import models
from django.db.models import Q

from torogoz.domain.audit import AuditEvent
from torogoz.domain.purpose import DataClass, covered_purposes, readable_classes
from torogoz.domain.staff import PURPOSES, StaffRole, Who
from torogoz.errors import RefusedError
from torogoz.storage.audit import record
from torogoz.storage.models import Account, Hit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

Row = TypeVar("Row", bound=models.Model)


class NotThereError(RefusedError):
    """This is not there for you."""

    default_remedy = "ask your supervisor if your work needs it"


def who_is(account: Account, purpose: str | None = None) -> Who:
    """The asker behind an account. A purpose that the role may not use becomes none."""
    role = StaffRole(account.role) if account.role else None
    allowed = PURPOSES[role] if role else frozenset()
    return Who(
        account=account.pk,
        role=role,
        agency=account.agency.code if account.agency else "",
        compartments=frozenset(account.compartments),
        purpose=next((each for each in allowed if each.value == purpose), None),
        carrier=account.carrier if role is StaffRole.CARRIER else "",
        centre=account.agency is not None and account.agency.centre,
    )


def admit(who: Who, roles: Collection[StaffRole], now: datetime, *, purpose: bool = False) -> None:
    """Let pass who has one of the roles and, where travellers are looked at, a purpose of that role (LR-20).

    A carrier's person must be somebody's: one whose account names no carrier passes nowhere.

    Everybody else gets NotThereError and an audit entry.
    """
    if (
        who.role not in roles
        or (purpose and who.purpose is None)
        or (who.role is StaffRole.CARRIER and not who.carrier)
    ):
        refuse(who, now)


def refuse(who: Who, now: datetime) -> NoReturn:
    """Write the refusal and raise it, in words that tell nothing of what is there."""
    record(AuditEvent.REFUSED_ACCESS, now, who=who)
    raise NotThereError


def classes_for(who: Who) -> frozenset[DataClass]:
    """The data classes that the asker's purpose may read; none without a purpose."""
    return readable_classes(who.purpose) if who.purpose else frozenset()


def visible(rows: models.QuerySet[Row], who: Who) -> models.QuerySet[Row]:
    """Keep the owned rows that the asker's agency and compartments open; the centre's staff see every agency's."""
    if who.centre:
        return rows.filter(in_compartment(who))
    return rows.filter(in_compartment(who), agency__code=who.agency)


def in_compartment(who: Who) -> Q:
    """The owned rows that are confined to no compartment, or to one that is open to the asker."""
    return Q(compartment="") | Q(compartment__in=who.compartments)


def hits_for(who: Who) -> models.QuerySet[Hit]:
    """The hits that the asker may see: within their agency and compartments, and of a purpose that theirs covers."""
    purposes = covered_purposes(who.purpose) if who.purpose else ()
    return visible(Hit.objects.filter(purpose__in=purposes), who)
