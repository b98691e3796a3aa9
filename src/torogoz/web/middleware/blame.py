"""Errors become pages: each says in the reader's language what is wrong and what helps (torogoz.errors).

A refusal looks the same whether there is something or not. What we did wrong is Django's own 500, which logs the place
and shows nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from torogoz.errors import AuthorError, RefusedError, SenderError, TorogozError, UnavailableError
from torogoz.storage.access.guard import NotThereError
from torogoz.web.asker import PurposeNeededError

#: error → status and template; the first that fits.
PAGES: tuple[tuple[type[TorogozError], int, str], ...] = (
    (NotThereError, 403, "errors/refused.html"),
    (RefusedError, 403, "errors/not_done.html"),
    (UnavailableError, 503, "errors/unavailable.html"),
    (AuthorError, 422, "errors/not_as_needed.html"),
    (SenderError, 422, "errors/not_as_needed.html"),
)


class Blame:
    """Catches the errors that name somebody to blame."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; only what a view raises is ours to show."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Give the page of an error, or None where it is no error of this kind."""
        return page_of(request, error)


def page_of(request: HttpRequest, error: Exception) -> HttpResponseBase | None:
    """The page that says what an error means, or None where it is nobody's but ours."""
    if isinstance(error, PurposeNeededError):
        return render(request, "session/choose_purpose.html", {"next": request.get_full_path()}, status=403)
    for kind, status, template in PAGES:
        if isinstance(error, kind):
            return render(request, template, status=status)
    return None
