"""Passkeys: one's own, added, named and removed; and signing in with one. allauth's views, with our refusals."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from torogoz.storage.access.guard import refuse
from torogoz.web.asker import asker
from torogoz.web.limits import Rate, take
from torogoz.web.lockout import address_of
from torogoz.web.pages.errors import too_many

#: How often one address, behind which a whole office may sit, asks to come in with a passkey.
QUESTIONS = Rate("passkeys.questions", per_second=0.5, at_once=60)


class _Own:
    """A passkey of somebody else is as if it were not there, and asking for it is noted."""

    request: Any

    def get_object(self, queryset: Any = None) -> Authenticator:
        """The asker's own."""
        try:
            found: Authenticator = super().get_object(queryset)  # type: ignore[misc]
        except Http404:
            refuse(asker(self.request), timezone.now())
        return found


class Name(_Own, views.EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Give it another name."""


class Remove(_Own, views.RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Remove it."""


class SignIn(views.LoginWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Come in with a passkey alone. Each question begins a session, so an address may ask so often and no more."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is asked of the passkey."""
        if take(QUESTIONS, address_of(request), timezone.now().timestamp()):
            return too_many(request)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


class Again(views.ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Say again who one is, with a passkey."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say on this page that it was not accepted, and ask once more."""
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response


urlpatterns = [
    path("account/passkeys", views.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add", views.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name", Name.as_view(), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove", Remove.as_view(), name="mfa_remove_webauthn"),
    path("account/passkeys/again", Again.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/sign-in", SignIn.as_view(), name="mfa_login_webauthn"),
]
