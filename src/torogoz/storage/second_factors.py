"""The secrets of second factors: what a person's device and we share, sealed and bound to that person's row.

allauth hands its adapter the text alone, without saying whose it is. So a secret is sealed for nobody first, and bound
to its account when the row is written; one that is read knows its row, and opens as that account's only. Copied into
another person's row it does not open.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_init, pre_save

from torogoz.errors import UnavailableError
from torogoz.storage.keys import keyring

#: What allauth keeps sealed in the document of a row.
SECRETS = ("secret", "seed")
_NOBODYS = "mfa_authenticator.data|nobody"


class _New(str):
    """A sealed text that stands in no row yet."""

    __slots__ = ()


class _Bound(str):
    """A sealed text as it stands in a row, with what it is bound to."""

    __slots__ = ("place",)
    place: str


def seal_new(text: str) -> str:
    """Seal a secret that is about to be written."""
    return _New(keyring().seal_text(text, _NOBODYS))


def opened(sealed: str) -> str:
    """The secret. UnavailableError where the text was not read from its row, or belongs to another."""
    match sealed:
        case _New():
            return keyring().open_text(sealed, _NOBODYS)
        case _Bound():
            return keyring().open_text(sealed, sealed.place)
        case _:
            raise UnavailableError(
                "a second factor was not read from its account", remedy="set it up afresh: `torogoz users reset`"
            )


def place(row: Authenticator, name: str) -> str:
    """What a secret is bound to: the account, the kind of factor, and which secret it is."""
    return f"mfa_authenticator.data|{row.user_id}|{row.type}|{name}"


def bind(row: Authenticator) -> None:
    """Seal each secret of a row for its account, under the current key."""
    for name in SECRETS:
        text = row.data.get(name)
        if text and not (isinstance(text, _Bound) and text.partition(":")[0] == keyring().fields.id):
            row.data[name] = _bound(keyring().seal_text(opened(text), place(row, name)), row, name)


def listen() -> None:
    """Tell each secret its row when it is read, and bind it when it is written."""
    post_init.connect(_read, sender=Authenticator, dispatch_uid="second_factors")
    pre_save.connect(_written, sender=Authenticator, dispatch_uid="second_factors")


def _bound(text: str, row: Authenticator, name: str) -> _Bound:
    bound = _Bound(text)
    bound.place = place(row, name)
    return bound


def _read(instance: Authenticator, **_: Any) -> None:
    data = instance.__dict__.get("data")  # absent where the query left it out
    if isinstance(data, dict):
        for name in SECRETS:
            if data.get(name) and not isinstance(data[name], _New):
                data[name] = _bound(data[name], instance, name)


def _written(instance: Authenticator, raw: bool = False, **_: Any) -> None:  # noqa: FBT001, FBT002 - Django's signature
    if not raw:
        bind(instance)
