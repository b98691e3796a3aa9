"""What templates may call: words of closed lists, times both ways, and countdowns."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import Enum
from typing import Protocol

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from torogoz.storage import places
from torogoz.web import reading_words, words

register = template.Library()


@register.filter
def word(member: Enum | None) -> str:
    """The word of a member of a closed list; a dash where there is none."""
    return "–" if member is None else words.word(member)


@register.filter
def noticed(told: reading_words.Told) -> str:
    """The sentence of a mark of unusual reading."""
    return reading_words.sentence(told)


class Titled(Protocol):
    """What has its title in both languages: a hit, a rule."""

    title_es: str
    title_en: str


@register.filter
def title_of(thing: Titled) -> str:
    """A title in the reader's language."""
    return thing.title_es if get_language() == "es" else thing.title_en


@register.filter
def both_times(moment: datetime | None, airport: str = "") -> SafeString | str:
    """A moment on the airport's wall and in UTC: `23 Nov 06:05 SAL 12:05 UTC`; without an airport, on this centre's."""
    if moment is None:
        return "–"
    local = moment.astimezone(places.timezone(airport) or get_default_timezone())
    place = airport if places.timezone(airport) else ""
    return format_html(
        '<time class="both-times" datetime="{}"><span class="local">{}{}</span> <span class="utc">{} UTC</span></time>',
        moment.astimezone(UTC).isoformat(timespec="seconds"),
        date_format(local, "j M H:i"),
        f" {place}" if place else "",
        f"{moment.astimezone(UTC):%H:%M}",
    )


@register.filter
def clock(moment: datetime | None, airport: str = "") -> SafeString | str:
    """The hour and minute on the airport's wall alone, for narrow columns; the whole of it stands in its title."""
    if moment is None:
        return "–"
    local = moment.astimezone(places.timezone(airport) or get_default_timezone())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.astimezone(UTC).isoformat(timespec="seconds"),
        f"{date_format(local, 'j M H:i')} {airport} · {moment.astimezone(UTC):%H:%M} UTC",
        f"{local:%H:%M}",
    )


@register.filter
def wall(local: str) -> str:
    """A wall-clock time as its column holds it, without the T; a dash where there is none."""
    return local.replace("T", " ") or "–"


@register.filter
def utc_clock(moment: datetime) -> str:
    """The hour and minute in UTC."""
    return f"{moment.astimezone(UTC):%H:%M}"


@register.filter
def countdown(moment: datetime | None, now: datetime) -> SafeString | str:
    """How long until a moment, or since it: `in 1 h 05 min`, `3 d 4 h ago`. static/torogoz/clock.js keeps it going."""
    if moment is None:
        return "–"
    return format_html(
        '<span class="countdown" data-until="{}">{}</span>', int(moment.timestamp()), duration_text(moment, now)
    )


def duration_text(moment: datetime, now: datetime) -> str:
    """The words of a countdown."""
    seconds = (moment - now).total_seconds()
    minutes = int(abs(seconds) // 60)
    hours, rest = divmod(minutes, 60)
    text = f"{hours} h {rest:02d} min" if hours else f"{rest} min"
    if hours >= 48:
        text = f"{hours // 24} d {hours % 24} h"
    return _("in %(time)s") % {"time": text} if seconds >= 0 else _("%(time)s ago") % {"time": text}


@register.filter
def gravity(band: int) -> SafeString:
    """A gravity band as a badge that does not speak by colour alone."""
    return format_html(
        '<span class="gravity gravity-{}" title="{}">{}</span>', band, _("Gravity %(band)s of 4") % {"band": band}, band
    )


@register.filter
def as_json(told: object) -> str:
    """What a script of a page reads from an attribute; escaped there like any text."""
    return json.dumps(told)
