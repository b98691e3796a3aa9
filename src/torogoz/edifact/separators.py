"""Where interchanges begin in levelled text, and which service characters each uses.

UNA says it where it is sent and usable. Otherwise UNB itself shows the separators (its syntax identifier is four
letters, the component separator, a digit), and the character before the next header is the terminator. Headers are
found through hard wraps, which may fall between any two of their letters. A UNA of five characters has lost its decimal
mark (seen in a public test file); a line end may be the terminator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from torogoz.edifact.charset import is_curly, straighten
from torogoz.edifact.tokens import STANDARD, ServiceCharacters

#: So far before its UNB may UNA stand, so far after a header is looked for its form, and so far for the next header.
BEFORE, _FORM, AFTER = 40, 80, 4_096
#: Headers through hard wraps. What stands between their letters is bounded, so that a reader knows how far to look.
_UNB = re.compile(r"U\n{0,9}N\n{0,9}B(?=[\n ]{0,40}[^A-Za-z0-9\s])")
_PLAIN_UNB = re.compile(r"UNB(?=[ ]{0,40}[^A-Za-z0-9\s])")
_ANY = re.compile(r"U\n{0,9}N\n{0,9}[BH](?=[\n ]{0,40}[^A-Za-z0-9\s])")
_UNA_BEFORE = re.compile(r"U\n*N\n*A\n*([^\n](?:\n*[^\n]){3,5})[\n ]*\Z")
_UNB_SHAPE = re.compile(r"UNB *(?P<element>[^A-Za-z0-9\s])[A-Z]{4}(?:(?P<component>[^A-Za-z0-9\s])\d|(?P=element))")
_UNH_SHAPE = re.compile(
    r"UNH *(?P<element>[^A-Za-z0-9\s])[^\n]{0,20}?(?P=element)[A-Z]{6}(?P<component>[^A-Za-z0-9\s])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an interchange: where it starts, where its first segment stands, and how it is divided.

    `curly`: a word processor's apostrophe ends its segments.
    """

    start: int
    body: int
    service: ServiceCharacters
    findings: tuple[str, ...] = ()
    curly: bool = False


class Heads:
    """Finds the interchanges of levelled text that comes piece by piece; each may look at so many headers.

    A bare message, without UNB, counts as an interchange where none began before it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bare = most
        #: Behind the header before, where UNA cannot stand any more.
        self._behind = 0
        self._found = False
        self._scan = 0

    def forget(self, length: int) -> None:
        """Count places from further on: so much of the text was dropped at its beginning."""
        self._scan -= length
        self._behind = max(self._behind - length, 0)

    def next(self, text: str, *, final: bool) -> Head | None:
        """The next head; None where there is none yet, up to `AFTER` characters before the end of what is not final."""
        known = len(text) if final else len(text) - AFTER
        # Without line ends nothing is wrapped: a plain word is found several times faster, a missing one, looked for
        # from behind, faster yet.
        wrapped = "\n" in text
        if self._found and not wrapped and text.rfind("UNB", self._scan) < 0:
            self._scan = max(self._scan, known)
            return None
        unb = _UNB if wrapped else _PLAIN_UNB
        pattern = unb if self._found else _ANY
        for found in pattern.finditer(text, self._scan):
            if found.start() > known:
                break
            self._scan = found.end()
            head = self._bare_head(text, found) if found[0][-1] == "H" else self._whole_head(text, found)
            if head:
                return head
        self._scan = max(self._scan, known)
        return None

    def _whole_head(self, text: str, found: re.Match[str]) -> Head | None:
        self._most -= 1
        head = _head(text, found.start(), _UNB_SHAPE, self._behind) if self._most >= 0 else None
        if head:
            self._found = True
            self._behind = found.end()
        return head

    def _bare_head(self, text: str, found: re.Match[str]) -> Head | None:
        self._bare -= 1
        head = _head(text, found.start(), _UNH_SHAPE, self._behind) if self._bare >= 0 else None
        if head:
            self._found = True
            self._behind = found.end()
            return replace(head, findings=(*head.findings, "UNB_MISSING"))
        return None


def _head(text: str, body: int, shape: re.Pattern[str], behind: int) -> Head | None:
    """Read what stands around a possible header; None where it is none. Its UNA stands `behind` the header before."""
    before = max(behind, body - BEFORE)
    near = text[before : body + AFTER]
    at = body - before
    curly = is_curly(near[at:])
    if curly:
        near = straighten(near)
    una = _UNA_BEFORE.search(near[:at])
    shown = shape.match(near[at : at + _FORM].replace("\n", ""))
    if una:
        service, short = _declared(una[1].replace("\n", ""), near, at)
        if service and service.element == _after_tag(near, at):
            return Head(before + una.start(), body, service, ("UNA_SHORT",) if short else (), curly)
    if shown is None:
        return None
    service = _shown(shown, near, at)
    if service is None:
        return None
    if una:
        return Head(before + una.start(), body, service, ("SERVICE_CHARACTERS",), curly)
    return Head(body, body, service, (), curly)


def _declared(una: str, text: str, body: int) -> tuple[ServiceCharacters | None, bool]:
    """The service characters that UNA declares, and whether it had to be completed."""
    if len(una) == 6:
        return ServiceCharacters.of(una), False
    seen = _terminator_before_next_header(text, body, una[1])
    if seen == "\n":
        return ServiceCharacters.of(una.ljust(5) + "\n"), False
    if len(una) == 5 and seen == una[4]:
        return ServiceCharacters.of(una[:2] + STANDARD.decimal + una[2:]), True
    return None, False


def _shown(shape: re.Match[str], text: str, body: int) -> ServiceCharacters | None:
    """The service characters as the header itself shows them."""
    element, component = shape["element"], shape["component"] or STANDARD.component
    terminator = _terminator_before_next_header(text, body, element) or STANDARD.terminator
    taken = {element, component, terminator}
    release = None if STANDARD.release in taken else STANDARD.release
    service = ServiceCharacters(component, element, release=release, terminator=terminator)
    return service if service.usable else None


def _terminator_before_next_header(text: str, body: int, element: str) -> str | None:
    """The character that ends the segment before UNG, UNH or the message's first segment, if one is near."""
    header = re.compile(rf"(\S)([\n ]*)(?:U\n*N\n*[GH]|B\n*G\n*M|M\n*S\n*G)[\n ]*{re.escape(element)}")
    found = header.search(text, body + 3, body + AFTER)
    if found is None:
        return None
    sign, gap = found.groups()
    if sign.isalnum():
        return "\n" if "\n" in gap else None
    return sign


def _after_tag(text: str, body: int) -> str:
    """The first character after a header's tag."""
    return text[body : body + _FORM].replace("\n", "")[3:].lstrip()[:1]
