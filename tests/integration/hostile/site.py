"""The site as a visitor walks it: every address with made-up arguments, and what must not move meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.urls import URLPattern, URLResolver, get_resolver

#: What a look may write: that somebody looked.
OF_LOOKING = {"AuditEntry", "AuditText", "AuditHead", "AuditCheckpoint", "AccessLog"}
#: What every answer carries, whatever it says.
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route of the application with its name."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield "/" + route, str(each.name)


def addresses(number: object = 1, **known: object) -> Iterator[tuple[str, str]]:
    """Every address with its name; what stands in it is `known` by the argument's name, else `number`, else a word."""
    for route, name in routes():
        parts = []
        for part in route.split("/"):
            kind, _, argument = part.strip("<>").rpartition(":") if part.startswith("<") else ("", "", "")
            made = {"int": number, "slug": "approve"}.get(kind, "x")
            parts.append(str(known.get(argument, made)) if argument else part)
        yield "/".join(parts), name


def state() -> Mapping[str, object]:
    """Every row of every table, but for who looked and what lies in sessions."""
    models = [each for each in apps.get_models() if each.__name__ not in OF_LOOKING and each is not Session]
    return {each.__name__: sorted(map(repr, each._default_manager.values_list())) for each in models}


def guarded(response: Any) -> list[str]:
    """What an answer lacks of the headers that close a page."""
    policy = response.headers.get("Content-Security-Policy", "")
    lacking = [name for name, value in HEADERS.items() if response.headers.get(name) != value]
    lacking += [f"CSP {each}" for each in ("default-src 'self'", "frame-ancestors 'none'") if each not in policy]
    return lacking + ["CSP unsafe"] * ("unsafe" in policy)
