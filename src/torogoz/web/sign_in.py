"""Signing in: accounts are made on the terminal only, secrets of second factors are sealed, every try is audited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import authentication_step_completed, password_changed
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from torogoz.storage.access import sign_in
from torogoz.web.again import confirm, fresh
from torogoz.web.passkeys import site
from torogoz.web.ways import ours


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody makes an account of their own, nothing is sent by mail, and a sign-in leads to a page of this site."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never."""
        return False

    def send_mail(self, _template_prefix: str, _email: str, _context: dict[str, Any]) -> None:
        """Nothing leaves this machine."""

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent there."""
        return ours(context.request, url)

    def is_reauthentication_required(self, **_: Any) -> bool:
        """What the doors ask (middleware/doors.py), asked once more by allauth's own views."""
        return not fresh(context.request)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The secret that a person's device shares with us stands sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Seal it."""
        return sign_in.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return sign_in.open_secret(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site to which passkeys belong: the name that people type, whatever name a request came under."""
        return {"id": site()[1], "name": "Torogoz"}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's signature
        """The name of a passkey whose owner gave none."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def listen() -> None:
    """Write an audit entry for each sign-in, sign-out, failed try, and change of one's own sign-in."""
    for signal, heard in (
        (user_logged_in, _signed_in),
        (user_logged_out, _signed_out),
        (user_login_failed, _failed),
        (authentication_failed, _failed),
        (authentication_step_completed, _said_again),
        (password_changed, _password_changed),
        (authenticator_added, _factor_added),
        (authenticator_reset, _factor_added),
        (authenticator_removed, _factor_removed),
    ):
        signal.connect(heard, dispatch_uid=f"torogoz.{heard.__name__}")


def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    confirm(request)
    sign_in.signed_in(user, timezone.now())


def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        sign_in.signed_out(user, timezone.now())


def _failed(**_: Any) -> None:
    sign_in.failed(timezone.now())


def _said_again(request: HttpRequest, user: Any, *, reauthenticated: bool = False, **_: Any) -> None:
    """The session goes on under another key: who knew the old one does not gain what was opened now."""
    if reauthenticated:
        request.session.cycle_key()
        confirm(request)
        sign_in.confirmed(user, timezone.now())


def _password_changed(user: Any, **_: Any) -> None:
    sign_in.password_changed(user, timezone.now())


def _factor_added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    request.session.cycle_key()
    sign_in.factor_added(user, authenticator.pk, timezone.now())


def _factor_removed(user: Any, authenticator: Any, **_: Any) -> None:
    sign_in.factor_removed(user, authenticator.pk, timezone.now())
