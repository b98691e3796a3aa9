"""Where somebody may be sent: to a page of this site, and nowhere else."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def ours(request: HttpRequest, url: str | None) -> bool:
    """Whether an address is one of ours: a path, since Django would look a word up as the name of a page."""
    return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(url, {request.get_host()})
