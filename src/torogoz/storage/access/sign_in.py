"""Who came in, who went, who could not, and what they changed of their own sign-in: audit entries, and what is sealed.

A failed try is noted without the name that was typed: it may be a password in the wrong field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torogoz.domain.audit import AuditEvent
from torogoz.storage.access.guard import who_is
from torogoz.storage.audit import record
from torogoz.storage.floods import record_bounded
from torogoz.storage.keys import keyring
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
    """Somebody could not come in, or could not say again who they are."""
    record_bounded(AuditEvent.SIGN_IN_FAILED, now)


def confirmed(account: Account, now: datetime) -> None:
    """Somebody said again who they are."""
    record(AuditEvent.ACCOUNT_CONFIRMED, now, who=who_is(account))


def password_changed(account: Account, now: datetime) -> None:
    """Somebody changed their own password."""
    record(AuditEvent.ACCOUNT_PASSWORD_CHANGED, now, who=who_is(account))


def factor_added(account: Account, factor: int, now: datetime) -> None:
    """Somebody added a second factor of their own."""
    record(AuditEvent.ACCOUNT_FACTOR_ADDED, now, who=who_is(account), object_type="second_factor", object_id=factor)


def factor_removed(account: Account, factor: int | None, now: datetime) -> None:
    """Somebody removed a second factor of their own."""
    record(AuditEvent.ACCOUNT_FACTOR_REMOVED, now, who=who_is(account), object_type="second_factor", object_id=factor)


def name_mark(name: str) -> str:
    """A keyed digest of a name as it is typed at sign-in, under which wrong tries are counted."""
    return name_marks(name)[0]


def name_marks(name: str) -> tuple[str, ...]:
    """The same under every key that is held, the current one first: a rotation of keys forgives nobody's tries."""
    return keyring().blinds("sign_in_name", name.strip().casefold())


def seal_secret(text: str) -> str:
    """Seal what a person's device and we share. It is bound to the account when its row is written."""
    return seal_new(text)


def open_secret(sealed: str) -> str:
    """Open it again, as it was read from its account's row."""
    return opened(sealed)
