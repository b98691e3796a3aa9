"""Signing in: accounts are made on the terminal only, secrets of second factors are sealed, every try is audited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from torogoz.storage.access import sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody makes an account of their own, and nothing is sent by mail."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_mail(self, _template_prefix: str, _email: str, _context: dict[str, Any]) -> None:
        """Nothing leaves this machine."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The secret that a person's device shares with us stands sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Seal it."""
        return sign_in.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return sign_in.open_secret(encrypted_text)


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name under which tries are counted: as the sign-in finds an account, however its letters are written."""
    return str((credentials or {}).get("username") or request.POST.get("login", "")).strip().casefold()


def listen() -> None:
    """Write an audit entry for each sign-in, sign-out and failed try."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit")
    user_logged_out.connect(_signed_out, dispatch_uid="audit")
    user_login_failed.connect(_failed, dispatch_uid="audit")


def _signed_in(user: Any, **_: Any) -> None:
    sign_in.signed_in(user, timezone.now())


def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        sign_in.signed_out(user, timezone.now())


def _failed(**_: Any) -> None:
    sign_in.failed(timezone.now())
