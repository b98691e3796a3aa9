"""Where interchanges begin in levelled text, and which service characters each uses.

UNA says it where it is sent and usable. Otherwise UNB itself shows the separators (its syntax identifier is four
letters, the component separator, a digit), and the character before the next header is the terminator. Headers are
found through hard wraps, which may fall between any two of their letters. A UNA of five characters has lost its decimal
mark (seen in a public test file); a line end may be the terminator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from torogoz.edifact.tokens import STANDARD, ServiceCharacters

#: So far before its UNB may UNA stand, and so far after it is the next header looked for.
_BEFORE, _AFTER = 40, 4_096
_UNB = re.compile(r"U\n*N\n*B(?=[\n ]*[^A-Za-z0-9\s])")
_PLAIN_UNB = re.compile(r"UNB(?=[ ]*[^A-Za-z0-9\s])")
_UNH = re.compile(r"U\n*N\n*H(?=[\n ]*[^A-Za-z0-9\s])")
_UNA_BEFORE = re.compile(r"U\n*N\n*A\n*([^\n](?:\n*[^\n]){3,5})[\n ]*\Z")
_UNB_SHAPE = re.compile(r"UNB *(?P<element>[^A-Za-z0-9\s])[A-Z]{4}(?:(?P<component>[^A-Za-z0-9\s])\d|(?P=element))")
_UNH_SHAPE = re.compile(
    r"UNH *(?P<element>[^A-Za-z0-9\s])[^\n]{0,20}?(?P=element)[A-Z]{6}(?P<component>[^A-Za-z0-9\s])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an interchange: where it starts, where its first segment stands, and how it is divided."""

    start: int
    body: int
    service: ServiceCharacters
    findings: tuple[str, ...] = ()


def heads(text: str, most: int) -> Iterator[Head]:
    """Find the interchanges of levelled text; a bare message without UNB counts as one where there is no other."""
    behind = 0
    # Without line ends nothing is wrapped, and a plain word is found several times faster.
    pattern = _UNB if "\n" in text else _PLAIN_UNB
    for unb in islice(pattern.finditer(text), most):
        head = _head(text, unb.start(), _UNB_SHAPE, behind)
        if head:
            behind = unb.end()
            yield head
    if not behind:
        for unh in islice(_UNH.finditer(text), most):
            head = _head(text, unh.start(), _UNH_SHAPE, 0)
            if head:
                yield Head(head.start, head.body, head.service, (*head.findings, "UNB_MISSING"))
                return


def _head(text: str, body: int, shape: re.Pattern[str], behind: int) -> Head | None:
    """Read what stands around a possible header; None where it is none. Its UNA stands `behind` the header before."""
    before = max(behind, body - _BEFORE)
    una = _UNA_BEFORE.search(text[before:body])
    shown = shape.match(text[body : body + 2 * _BEFORE].replace("\n", ""))
    if una:
        service, short = _declared(una[1].replace("\n", ""), text, body)
        if service and service.element == _after_tag(text, body):
            return Head(before + una.start(), body, service, ("UNA_SHORT",) if short else ())
    if shown is None:
        return None
    service = _shown(shown, text, body)
    if service is None:
        return None
    return Head(before + una.start(), body, service, ("SERVICE_CHARACTERS",)) if una else Head(body, body, service)


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
    found = header.search(text, body + 3, body + _AFTER)
    if found is None:
        return None
    sign, gap = found.groups()
    if sign.isalnum():
        return "\n" if "\n" in gap else None
    return sign


def _after_tag(text: str, body: int) -> str:
    """The first character after a header's tag."""
    return text[body : body + 2 * _BEFORE].replace("\n", "")[3:].lstrip()[:1]
