"""Guessing: how many wrong tries lock what, and where they come from.

Five wrong tries lock a name from an address for 15 minutes (AXES_…); forty from one address, over whatever names, lock
the address; allauth slows a name from everywhere. A name that nobody has is counted, locked and answered like one that
somebody has. Of a name that was typed only a keyed digest is kept: it may be a password in the wrong field.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from torogoz.storage.access.sign_in import name_mark, name_marks

#: So many wrong tries from one address within AXES_COOLOFF_TIME lock it; eight people may lock themselves out before.
MOST_OF_AN_ADDRESS = 40


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts in the database, so that every process counts together; a restart or another key forgives nothing."""

    def filter_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> list[QuerySet[AccessAttempt]]:
        """The tries of this name from this address, whichever key was current when it was tried."""
        marks = name_marks(_name(request, credentials))
        return [AccessAttempt.objects.filter(username__in=marks, ip_address=address_of(request))]

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Whether this name, or this address, is locked."""
        return bool(super().is_locked(request, credentials)) or _of_address(address_of(request)) >= MOST_OF_AN_ADDRESS


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The mark under which tries of a name are counted: as the sign-in finds an account, however it is written."""
    return name_mark(_name(request, credentials))


def _name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username") or request.POST.get("login", ""))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as it is counted: the network of 64 bits that one subscriber of IPv6 has."""
    return counted_as(str(request.META.get("REMOTE_ADDR") or ""))


def counted_as(address: str) -> str:
    """The address under which a client is counted. What is no address, of a local socket say, is one client."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "::"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is None:
            return str(IPv6Network((parsed, 64), strict=False).network_address)
        parsed = parsed.ipv4_mapped
    return str(parsed)


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """The answer while something is locked: the same whoever asks, and for how long."""
    response = render(request, "account/locked_out.html", status=429)
    response.headers["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


def _of_address(address: str) -> int:
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    tries = AccessAttempt.objects.filter(ip_address=address, attempt_time__gt=since)
    return tries.aggregate(number=Sum("failures_since_start"))["number"] or 0
