"""A file of machine-readable zones and nothing else, as readers of documents write them: one message of travellers.

It names no flight, so the centre's flow refuses it; `torogoz parse` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.manifest import ByteSpan, Message
from torogoz.domain.traveller import Traveller, TravellerRole
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.messages.mrz import Mrz, read_mrz

#: A zone's lines, or the zone in one piece; blanks and line ends around it.
_ZONE = re.compile(
    rb"(?m)^(?:\xef\xbb\xbf)?[ \t]*((?:[0-9A-Z<]{44}\s*){2}|(?:[0-9A-Z<]{36}\s*){2}|(?:[0-9A-Z<]{30}\s*){3})(?=\s|\Z)",
    re.IGNORECASE,
)
_ONLY = re.compile(rb"(?:\xef\xbb\xbf)?[\s0-9A-Za-z<]*\Z")


def may_be_zones(data: bytes, part: ByteSpan) -> bool:
    """Whether a part of a delivery has no other signs than zones have."""
    return data.count(b"<", part.start, part.end) >= 2 and _ONLY.match(data, part.start, part.end) is not None


def has_zones(data: bytes, part: ByteSpan) -> bool:
    """Whether a part of a delivery is a zone, or several, and nothing else."""
    return may_be_zones(data, part) and _ZONE.search(data, part.start, part.end) is not None


def read_zones(data: bytes, part: ByteSpan, limits: Limits) -> Iterator[Message]:
    """One message of the travellers of all zones."""
    findings = Findings(limits.findings)
    travellers: list[Traveller] = []
    end = part.start
    for found in _ZONE.finditer(data, part.start, part.end):
        if data[end : found.start()].strip():
            findings.note("MRZ_LENGTH", "mrz", end)
        end = found.end()
        if len(travellers) == limits.segments:
            findings.note("TOO_MANY_SEGMENTS", None, found.start())
            break
        zone = read_mrz(found[1].decode("ascii"))
        for odd in zone.odd:
            findings.note(odd.code, odd.field, found.start(1))
        travellers.append(_traveller(zone, found.start(1), found.start(1) + len(found[1].rstrip())))
    else:
        if data[end : part.end].strip():
            findings.note("MRZ_LENGTH", "mrz", end)
    yield Message(
        1,
        "MRZ",
        travellers=tuple(travellers),
        zones=sum(bool(each.documents) for each in travellers),
        findings=tuple(findings),
        span=part,
        content=data[part.start : part.end],
    )


def _traveller(zone: Mrz, start: int, end: int) -> Traveller:
    return Traveller(
        TravellerRole.PASSENGER,
        zone.surname,
        zone.given_names,
        sex=zone.sex,
        birth_date=zone.birth_date,
        nationality=zone.nationality,
        documents=document_of(zone),
        origins=tuple(Origin(field, start, end) for field in ("surname", "documents")),
    )


def document_of(zone: Mrz) -> tuple[Document, ...]:
    """The document that a zone stands in; none where its number cannot be told."""
    return (Document(zone.number, zone.type or None, zone.issuer, zone.expiry),) if zone.number else ()
