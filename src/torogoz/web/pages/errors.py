"""Pages for what goes wrong outside a view: an address that is none, a form from elsewhere, a failure of ours."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: What Django calls a bad request although only its size is wrong.
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@login_not_required
def bad(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no browser of ours makes, or one that brings more than is taken."""
    if isinstance(exception, _TOO_LARGE):
        return render(request, "errors/too_large.html", status=413)
    return render(request, "errors/bad.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Something that is not for this person."""
    return render(request, "errors/refused.html", status=403)


@login_not_required
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django names it
    """No page has this address."""
    return render(request, "errors/missing.html", status=404)


@login_not_required
def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """A form that was not ours, or that was left open over the end of a session."""
    return render(request, "errors/forged.html", status=403)


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody tries too often; allauth calls it, whose limits are of a few minutes."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "300"
    return response


@login_not_required
def ours(request: HttpRequest) -> HttpResponse:
    """We failed. The page is made without the frame, which may be what failed."""
    return render(request, "500.html", status=500)
