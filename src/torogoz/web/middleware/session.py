"""How long somebody stays signed in, and in which language they read.

A session ends after a shift, or after an hour in which its owner asked for nothing. What a live screen fetches by
itself is not its owner asking (header `X-Live`, which the templates set with the address that they fetch).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: The time of the last request is written once in this while, so that not every page writes to the database.
_NOTED_EVERY = timedelta(minutes=2)


def ended(session_started: str | None, session_seen: str | None, now: datetime) -> bool:
    """Whether a session is past its shift or its idle time."""
    if session_started is None or session_seen is None:
        return False
    started, seen = datetime.fromisoformat(session_started), datetime.fromisoformat(session_seen)
    return now - started > settings.SESSION_LONGEST or now - seen > settings.SESSION_IDLE


class SessionLife:
    """Signs out whose session has ended, and says so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check the session's two times, and note this request."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, session = timezone.now(), request.session
        if ended(session.get("started"), session.get("seen"), now):
            logout(request)
            if "X-Live" in request.headers:
                return HttpResponse(status=401, headers={"HX-Refresh": "true"})
            messages.info(request, gettext("Your session has ended. Sign in again to go on."))
            return redirect(settings.LOGIN_URL)
        session.setdefault("started", now.isoformat())
        seen = session.get("seen")
        if "X-Live" not in request.headers and (seen is None or now - datetime.fromisoformat(seen) > _NOTED_EVERY):
            session["seen"] = now.isoformat()
        return self.get_response(request)


class AccountLanguage:
    """A signed-in person reads in the language of their account, on every machine, and still when they have gone.

    The sign-in pages know nobody: they read in the language of this machine's cookie, which follows the account.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate it; LocaleMiddleware has chosen for everybody else, and ends it after the request."""
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language
        response = self.get_response(request)
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != user.language:
            keep(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        return response


def keep(response: HttpResponseBase, cookie: str, value: str) -> None:
    """Keep a choice of the reader with this machine."""
    response.set_cookie(
        cookie,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
