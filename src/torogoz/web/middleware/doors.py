"""The doors: the table of permissions, enforced before any page runs, in the order in which a porter asks.

Is there such an address? Who is it? Did they come with two factors? Is it their work? By which method? For which
purpose? And, before what is sensitive: are they still there? What is refused looks like what does not exist.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from torogoz.errors import RefusedError
from torogoz.storage.access.guard import refuse
from torogoz.web.again import ask_again, forget, fresh
from torogoz.web.asker import PurposeNeededError, asker
from torogoz.web.middleware.blame import page_of
from torogoz.web.permissions import PERMISSIONS, Permission

#: What counts as a second factor; recovery codes only stand in for one.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Doors:
    """Lets nobody to a page to whom the table does not open it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the address is known in process_view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Give an answer in place of the page, or None where the page may run."""
        name = request.resolver_match.url_name if request.resolver_match else None
        permission = PERMISSIONS.get(name or "")
        if permission is None:
            raise Http404
        if not request.user.is_authenticated and not permission.anybody:
            return redirect_to_login(request.get_full_path())
        method = "GET" if request.method == "HEAD" else str(request.method)
        if not request.user.is_authenticated:
            return _unless_allowed(method, permission)
        if _lacks_factor(request, permission):
            return redirect("mfa_index")
        try:
            return _for_signed_in(request, method, permission)
        except (RefusedError, PurposeNeededError) as error:
            return page_of(request, error)


def _lacks_factor(request: HttpRequest, permission: Permission) -> bool:
    if not settings.REQUIRE_SECOND_FACTOR or permission.anybody or permission.before_factor:
        return False
    return not is_mfa_enabled(request.user, FACTORS)


def _unless_allowed(method: str, permission: Permission) -> HttpResponseBase | None:
    return None if method in permission.methods else HttpResponseNotAllowed(sorted(permission.methods))


def _for_signed_in(request: HttpRequest, method: str, permission: Permission) -> HttpResponseBase | None:
    who = asker(request)
    if not permission.opens_to(who.role):
        refuse(who, timezone.now())
    if not_allowed := _unless_allowed(method, permission):
        return not_allowed
    asker(request, purpose=permission.purpose)
    if method in permission.again and not fresh(request):
        return ask_again(request, permission)
    if method in permission.again & {"POST"}:
        forget(request)
    return None
