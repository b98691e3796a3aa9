"""Who came in, who went, and who could not: audit entries, and the sealed secrets of second factors.

A failed try is counted without the name that was typed: it may be a password in the wrong field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.storage.access.guard import who_is
from torogoz.storage.audit import record
from torogoz.storage.second_factors import opened, seal_new

if TYPE_CHECKING:
    from datetime import datetime

    from torogoz.storage.models import Account


def signed_in(account: Account, now: datetime) -> None:
    """Somebody came in."""
    record(AuditEvent.SIGNED_IN, now, who=who_is(account))


def signed_out(account: Account, now: datetime) -> None:
    """Somebody went."""
    record(AuditEvent.SIGNED_OUT, now, who=who_is(account))


def failed(now: datetime) -> None:
    """Somebody could not come in."""
    record(AuditEvent.SIGN_IN_FAILED, now)


def seal_secret(text: str) -> str:
    """Seal what a person's device and we share. It is bound to the account when its row is written."""
    return seal_new(text)


def open_secret(sealed: str) -> str:
    """Open it again, as it was read from its account's row."""
    return opened(sealed)
