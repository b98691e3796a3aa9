"""What every page shows around its content: who is here and why, where they may go, the clock, notice and alarms."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from torogoz.storage.access import alarms
from torogoz.web.asker import asker, purposes_of
from torogoz.web.navigation import bar_for
from torogoz.web.pages.session import THEMES, theme_of


def office(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page. A person who has not signed in gets its language, theme and notice only."""
    frame: dict[str, Any] = {
        "demo": settings.DEMO,
        "theme": theme_of(request),
        "themes": THEMES,
        "now": timezone.now(),
        "time_zone": settings.TIME_ZONE,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frame
    who = asker(request)
    match = request.resolver_match
    if who.role in alarms.MAY:
        frame["alarms"] = alarms.alarms(who, frame["now"])
    return frame | {
        "who": who,
        "purposes": purposes_of(who.role),
        "navigation": bar_for(who.role, match.url_name if match else None),
    }
