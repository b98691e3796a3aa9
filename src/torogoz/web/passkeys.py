"""Passkeys (W3C Web Authentication): what allauth verifies, and here what it leaves to the site.

allauth and python-fido2 check the challenge, which is good once, the site's name, and the signature. Here the origin
must be the very address that people type, not one beside it; the key's own counter must rise, so that a copied key is
found out (Web Authentication §6.1.1); and an answer of any shape is refused, never a failure of ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from django import forms as django_forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticatorData

from torogoz.errors import TorogozError
from torogoz.storage.access import sign_in

#: A name of a passkey has so many characters at most.
LONGEST_NAME = 80


def site() -> tuple[str, str]:
    """The address that people type, as a browser writes it in an answer, and its host's name, to which keys belong."""
    parts = urlsplit(settings.ORIGIN)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    host = parts.hostname or ""
    return f"{parts.scheme}://{host}{port}", host


def checked(credential: Any, verify: Callable[[], Any]) -> Any:
    """What `verify` gives for an answer from this site. ValidationError for every other, of whatever shape."""
    try:
        _must_be_from_here(credential)
        return verify()
    except (DatabaseError, TorogozError):
        raise  # the fault is not the answer's
    except Exception as problem:
        if isinstance(problem, ValidationError) and problem.code != "incorrect_code":
            raise  # too many tries
        raise ValidationError(_("The passkey was not accepted.")) from None


def _must_be_from_here(credential: Any) -> None:
    told = json.loads(websafe_decode(credential["response"]["clientDataJSON"]))
    if told["origin"] != site()[0] or told.get("crossOrigin"):
        raise ValueError


class AddForm(forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey with its name."""

    name = django_forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_NAME,
        widget=django_forms.TextInput(attrs={"class": "form-control"}),
    )
    passwordless = django_forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        widget=django_forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def clean(self) -> dict[str, Any]:
        """Verify it."""
        credential = self.cleaned_data.get("credential")
        if credential is None:
            return dict(self.cleaned_data)
        return dict(checked(credential, super().clean))


class NameForm(forms.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    name = django_forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, widget=django_forms.TextInput(attrs={"class": "form-control"})
    )


class _Verified:
    """An answer from this site, whose key counts on."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        """Verify it, and keep the key's counter. What is refused is noted."""
        credential = self.cleaned_data["credential"]

        def verify() -> Authenticator:
            found: Authenticator = super(_Verified, self).clean_credential()  # type: ignore[misc]
            _must_count_on(found, credential)
            return found

        try:
            found: Authenticator = checked(credential, verify)
        except ValidationError:
            sign_in.failed(timezone.now())
            raise
        return found


class AuthenticateForm(_Verified, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """The second factor at sign-in."""


class ReauthenticateForm(_Verified, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Saying again who one is."""


class SignInForm(_Verified, forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Coming in with a passkey alone: it has asked its owner for a finger, a face or a number."""


def _must_count_on(found: Authenticator, credential: Any) -> None:
    """Refuse a key whose counter stands still; one that never counts sends zero each time."""
    counter = AuthenticatorData(websafe_decode(credential["response"]["authenticatorData"])).counter
    before = found.data.get("counter", 0)
    if counter <= before and (counter or before):
        raise ValueError
    found.data["counter"] = counter
    found.save(update_fields=["data"])
