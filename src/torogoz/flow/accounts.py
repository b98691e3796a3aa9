"""Accounts: people who work here are added, and let in again, by whoever holds the terminal.

Takes: a name, a role and an agency, or whose password or second factor is to be reset; the password; and the time.
Gives: the number of the account.
Refuses: a second first administrator, a name that is taken or unknown, a password that is easily guessed; a
  carrier's person without a carrier, or at the centre.
Records: account.added, account.named, account.reset
Legal ground: LR-50 (records of staff rights), LR-55 (their own names), LR-56 (two-factor sign-in, least right).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from axes.utils import reset as unlock
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from torogoz.domain.audit import AuditEvent
from torogoz.domain.name import fold
from torogoz.domain.staff import StaffRole
from torogoz.errors import AuthorError, RefusedError
from torogoz.flow.senders import CARRIER
from torogoz.storage.access.sign_in import name_marks
from torogoz.storage.audit import record
from torogoz.storage.models import Account, Agency


def first_administrator(name: str, password: str, *, agency: str, now: datetime) -> int:
    """Make the centre's agency where there is none, and its first administrator."""
    need_no_administrator()
    with transaction.atomic():
        Agency.objects.get_or_create(code=agency, defaults={"name": agency, "centre": True})
        return add(name, password, role=StaffRole.ADMINISTRATOR, agency=agency, now=now)


def need_no_administrator() -> None:
    """Refuse where there is an administrator: they, not the terminal, answer for who else is let in."""
    if Account.objects.filter(role=StaffRole.ADMINISTRATOR).exists():
        raise RefusedError(
            "this home has its first administrator",
            remedy="add people with `torogoz users add`, or let one in again with `torogoz users reset`",
        )


def centre() -> str:
    """The code of the centre's agency, for which people work unless another is named."""
    code = Agency.objects.filter(centre=True).values_list("code", flat=True).order_by("pk").first()
    if code is None:
        raise AuthorError("this home has no centre yet", remedy="run `torogoz init` first")
    return code


def add(
    name: str,
    password: str,
    *,
    role: StaffRole | None,
    agency: str,
    now: datetime,
    port: str = "",
    compartments: Collection[str] = (),
    full_name: str = "",
) -> int:
    """Add a person; without a role nothing opens to them, and of closed rows only those of their compartments.

    The full name, `SURNAMES, GIVEN NAMES`, is what looks at themselves are noticed by. An agency that is not known
    yet is made: its people see nothing of another agency's.
    """
    if role is StaffRole.CARRIER:
        raise AuthorError("a carrier's person needs a carrier", remedy="name it by its two or three signs, as XA")
    account = Account(username=name, role=role or "", port=port, compartments=sorted(compartments))
    account.last_name, account.first_name = _parted(full_name) if full_name else ("", "")
    return _add(account, password, agency, now)


def add_of_carrier(name: str, password: str, *, carrier: str, agency: str, now: datetime) -> int:
    """Add a carrier's own person, who sees how that carrier sends and nothing else. They are not of the centre."""
    if not CARRIER.fullmatch(carrier):
        raise AuthorError("this is no carrier's code", remedy="name it by its two or three signs, as XA")
    if Agency.objects.filter(code=agency, centre=True).exists():
        raise AuthorError("a carrier's person is not of the centre", remedy="name an agency of the carrier's own")
    return _add(Account(username=name, role=StaffRole.CARRIER, carrier=carrier), password, agency, now)


def _add(account: Account, password: str, agency: str, now: datetime) -> int:
    with transaction.atomic():
        owner = Agency.objects.filter(code=agency).first() or Agency(code=agency, name=agency)
        _full_clean(owner)
        owner.save()
        account.agency = owner
        _set_password(account, password)
        _full_clean(account)
        account.save()
        record(AuditEvent.ACCOUNT_ADDED, now, object_type="account", object_id=account.pk)
    return int(account.pk)


def rename(name: str, full_name: str, now: datetime) -> int:
    """Enter the full name of a person, or another one: `SURNAMES, GIVEN NAMES`."""
    account = known(name)
    with transaction.atomic():
        account.last_name, account.first_name = _parted(full_name)
        _full_clean(account, but="password")
        account.save(update_fields=["last_name", "first_name"])
        record(AuditEvent.ACCOUNT_NAMED, now, object_type="account", object_id=account.pk)
    return account.pk


def reset(name: str, *, password: str | None, second_factor: bool, now: datetime) -> int:
    """Give a person another password, take their second factor away, and open the account if it was locked.

    Who has no second factor sets one up at the next sign-in.
    """
    account = known(name)
    with transaction.atomic():
        if password is not None:
            _set_password(account, password)
            account.save(update_fields=["password"])
        if second_factor:
            Authenticator.objects.filter(user=account).delete()
        for mark in name_marks(name):
            unlock(username=mark)
        record(
            AuditEvent.ACCOUNT_RESET,
            now,
            object_type="account",
            object_id=account.pk,
            counts={"password": int(password is not None), "second_factor": int(second_factor)},
        )
    return account.pk


def known(name: str) -> Account:
    """The account of a name; AuthorError where there is none."""
    account = Account.objects.filter(username=name).first()
    if account is None:
        raise AuthorError("nobody here has this name", remedy="write it as the person types it when signing in")
    return account


def _parted(full_name: str) -> tuple[str, str]:
    surnames, comma, given = (part.strip() for part in full_name.partition(","))
    if not (comma and fold(surnames) and fold(given)):
        raise AuthorError("the full name has no surnames and given names", remedy="write it `SURNAMES, GIVEN NAMES`")
    return surnames, given


def _set_password(account: Account, password: str) -> None:
    with translation.override("en"):
        try:
            validate_password(password, account)
        except ValidationError as problem:
            raise AuthorError("the password is refused", remedy=" ".join(problem.messages)) from None
    account.set_password(password)


def _full_clean(row: Account | Agency, *, but: str = "") -> None:
    with translation.override("en"):
        try:
            row.full_clean(exclude={but})
        except ValidationError as problem:
            raise AuthorError("the account is refused", remedy=" ".join(problem.messages)) from None
