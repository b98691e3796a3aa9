"""The page for operators without a system: a table is sent, shown as it would be read, and only then delivered.

Nothing is kept between the two: what was shown comes back with the form that delivers it. An operator's own person
brings it, or the centre's reviewers do on behalf of one. It is then read like any file, with whatever its sender may.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from bisect import bisect_right
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from torogoz.domain.journey import FlightLeg, Mode
from torogoz.domain.manifest import Message
from torogoz.domain.staff import Who
from torogoz.domain.traveller import Traveller
from torogoz.errors import SenderError
from torogoz.flow.manifest import LARGEST, blank, bring, checked, operators, preview
from torogoz.messages.envelope import Unpacked
from torogoz.messages.tabular.columns import COLUMNS
from torogoz.web.asker import asker
from torogoz.web.attempt import spoken
from torogoz.web.pages.messages import Explained, explained
from torogoz.web.ruletext import reader_language

_LINE_END = re.compile(rb"\r\n|\r|\n")
#: So many rows without a finding are shown; those with one are shown all.
MOST_ROWS = 200


@dataclass(slots=True)
class Line:
    """A line of the file: its number as spreadsheets count, whom it names, and what was found in which column."""

    number: int
    traveller: Traveller | None = None
    findings: list[tuple[str, Explained]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """A journey of the file as it would be read."""

    leg: FlightLeg | None
    travellers: int
    withheld: int
    lines: list[Line]
    left_out: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The names of a page and of its templates' address; `own` where an operator's own person stands before it."""

    page: str
    template: str
    own: bool = False


def shown(unpacked: Unpacked) -> list[Shown]:
    """What the file says, journey by journey."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(unpacked.data))]
    return [_shown(message, starts) for message in preview(unpacked)]


def _shown(message: Message, starts: list[int]) -> Shown:
    lines: dict[int, Line] = {}

    def line(position: int) -> Line:
        number = bisect_right(starts, position)
        return lines.setdefault(number, Line(number))

    for traveller in message.travellers:
        line(traveller.origins[0].start).traveller = traveller
    for finding in message.findings:
        line(finding.position or 0).findings.append((_column(finding.segment), explained(finding)))
    plain = [number for number in sorted(lines) if not lines[number].findings][MOST_ROWS:]
    return Shown(
        message.flights[0] if message.flights else None,
        len(message.travellers),
        message.withheld.total,
        [lines[number] for number in sorted(lines.keys() - set(plain))],
        len(plain),
    )


def _column(key: str | None) -> str:
    """A column's name in the reader's language; empty where a finding is about the whole line."""
    column = COLUMNS.get(key or "")
    if column is None:
        return ""
    return column.es if reader_language() == "es" else column.key


def manifest(request: HttpRequest) -> HttpResponse:
    """The centre's form; what was sent, as it would be read; and its delivery."""
    return _page(request, asker(request, purpose=True), Ways("manifest", "manifest_template"))


def own_manifest(request: HttpRequest) -> HttpResponse:
    """The same for an operator's own person, who brings their operator's alone."""
    return _page(request, asker(request), Ways("own_manifest", "own_template", own=True))


def _page(request: HttpRequest, who: Who, ways: Ways) -> HttpResponse:
    now = timezone.now()
    context: dict[str, object] = {
        "operators": operators(who, now, own=ways.own),
        "carrier": who.carrier,
        "modes": tuple(Mode),
        "operator": request.POST.get("operator", ""),
        "ways": ways,
    }
    if request.method != "POST":
        return render(request, "manifest/manifest.html", context)
    try:
        data = _sent(request)
        if request.POST.get("act") == "deliver":
            receipt = bring(who, data, request.POST.get("operator", ""), now, own=ways.own)
            messages.success(request, _("The table was received, with the receipt %(number)s.") % {"number": receipt})
            return redirect(ways.page)
        context |= {"shown": shown(checked(data)), "content": b64encode(data).decode("ascii")}
    except SenderError as problem:
        return render(request, "manifest/manifest.html", context | {"problem": spoken(problem)}, status=422)
    return render(request, "manifest/manifest.html", context)


def _sent(request: HttpRequest) -> bytes:
    """The bytes of a file, or of what was shown before."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        return bytes(file.read(LARGEST + 1))
    try:
        return b64decode(request.POST.get("content", ""), validate=True)
    except ValueError:
        return b""


def manifest_template(request: HttpRequest) -> HttpResponse:
    """The template of a mode, in the reader's language."""
    return _template(request, own=False)


def own_template(request: HttpRequest) -> HttpResponse:
    """The same for an operator's own person."""
    return _template(request, own=True)


def _template(request: HttpRequest, *, own: bool) -> HttpResponse:
    asked = request.GET.get("mode", "")
    mode = Mode(asked) if asked in set(Mode) else Mode.AIR
    table = blank(asker(request), mode, reader_language(), timezone.now(), own=own)
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="torogoz-{mode.value}-{reader_language()}.csv"'
    return answer


urlpatterns = [
    path("manifests", manifest, name="manifest"),
    path("manifests/template", manifest_template, name="manifest_template"),
    path("carrier/manifests", own_manifest, name="own_manifest"),
    path("carrier/manifests/template", own_template, name="own_template"),
]
