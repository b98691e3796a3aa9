"""Asking again who is there, before an act that somebody at an unattended screen must not do (LR-56).

Who signed in, or said again who they are, within `FRESH_FOR` goes on. Others are asked first. A form that was on its
way waits meanwhile in the session of who sent it, which is sealed; afterwards they see it once more and send it
themselves, so that it passes every door a second time. Not kept are files, passwords, and whatever has a page of its
own to fill in again: that page is opened instead, and says that nothing was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from torogoz.web.permissions import FRESH_FOR, Permission

_STAMP = "confirmed"
_HELD = "held"
#: A longer form is not kept, in characters: the longest reason is far shorter.
_LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Held:
    """A form that waits: where it goes, and its fields."""

    path: str
    fields: tuple[tuple[str, str], ...]


def confirm(request: HttpRequest) -> None:
    """Note that somebody has just said who they are."""
    request.session[_STAMP] = timezone.now().timestamp()


def fresh(request: HttpRequest) -> bool:
    """Whether they did so lately. A clock that was put back makes nobody fresh."""
    return _lately(request.session.get(_STAMP))


def ask_again(request: HttpRequest, permission: Permission) -> HttpResponse:
    """Send somebody to say who they are, and from there to where they go on."""
    if request.method in {"GET", "HEAD"}:
        return asking(request, request.get_full_path())
    if "GET" not in permission.methods and _hold(request):
        return asking(request, reverse("account_go_on"))
    messages.warning(request, _("Nothing was done yet, and what you filled in was not kept: fill it in once more."))
    return asking(request, request.path if "GET" in permission.methods else reverse("home"))


def asking(request: HttpRequest, then: str) -> HttpResponse:
    """The page that asks for the password, from which one also chooses the second factor."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    url = methods[0]["url"] if methods else reverse("account_reauthenticate")
    return redirect(f"{url}?{urlencode({'next': then})}")


def held(request: HttpRequest) -> Held | None:
    """The form that waits, where there is one that was sent lately."""
    kept = request.session.get(_HELD)
    if not kept or kept["account"] != _account(request) or not _lately(kept["at"]):
        return None
    return Held(kept["path"], tuple((name, value) for name, value in kept["fields"]))


def forget(request: HttpRequest) -> None:
    """Drop the form that waited: it was sent."""
    request.session.pop(_HELD, None)


def _hold(request: HttpRequest) -> bool:
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    if request.FILES or sum(len(name) + len(value) for name, value in fields) > _LONGEST:
        return False
    request.session[_HELD] = {
        "account": _account(request),
        "path": request.path,
        "fields": fields,
        "at": timezone.now().timestamp(),
    }
    return True


def _lately(stamp: float | None) -> bool:
    return stamp is not None and 0 <= timezone.now().timestamp() - stamp < FRESH_FOR


def _account(request: HttpRequest) -> int:
    return int(str(request.user.pk))
