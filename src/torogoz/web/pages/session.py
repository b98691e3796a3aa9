"""The session's own choices: the first page of a role, why one looks, in which language and in which light."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, path, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from torogoz.web.asker import asker, purposes_of
from torogoz.web.middleware.session import keep
from torogoz.web.navigation import entries_for
from torogoz.web.permissions import PERMISSIONS
from torogoz.web.ways import ours

THEME_COOKIE = "theme"
THEMES: dict[str, str | Promise] = {"auto": _("As the device"), "light": _("Light"), "dark": _("Dark")}


def theme_of(request: HttpRequest) -> str:
    """The light somebody reads in."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"


def home(request: HttpRequest) -> HttpResponse:
    """Everybody's way in: first why one looks, where the role has a choice, then the role's first page."""
    who = asker(request)
    places = entries_for(who.role, None)
    if purposes_of(who.role) and who.purpose is None:
        return render(request, "session/choose_purpose.html", {"next": reverse("home")})
    return redirect(places[0].url) if places else render(request, "session/no_work.html")


@require_POST
def purpose(request: HttpRequest) -> HttpResponse:
    """Keep why somebody looks, for this session. A purpose that the role has not becomes none."""
    request.session["purpose"] = request.POST.get("purpose", "")
    return redirect(_next(request))


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language: in a cookie for the sign-in page, and with the account of who is signed in."""
    response = redirect(_next(request))
    chosen = request.POST.get("language")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme."""
    chosen = request.POST.get("theme")
    response = redirect(_next(request))
    if chosen in THEMES:
        keep(response, THEME_COOKIE, chosen)
    return response


def _next(request: HttpRequest) -> str:
    """The page somebody came from, where it is one of ours and can be opened: a form that was refused cannot."""
    url = request.POST.get("next", "")
    return url if ours(request, url) and not _only_posted(url) else reverse("home")


def _only_posted(url: str) -> bool:
    try:
        name = resolve(urlsplit(url).path).url_name
    except Resolver404:
        return False
    row = PERMISSIONS.get(name or "")
    return row is not None and "GET" not in row.methods


urlpatterns = [
    path("", home, name="home"),
    path("session/purpose", purpose, name="session_purpose"),
    path("session/language", language, name="session_language"),
    path("session/theme", theme, name="session_theme"),
]
