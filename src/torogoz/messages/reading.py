"""What every message reader is given: a divided message, where its parts stand, and where to note what is odd."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import methodcaller

from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.findings import Findings
from torogoz.edifact.segments import Segments, tag_of
from torogoz.edifact.tokens import SHIELD, ServiceCharacters, count
from torogoz.messages.sensitive_table import DEFAULT, SensitiveTable

#: Under what segments are counted whose tag no directory has; and so many of one tag are told with their place.
OTHER, MOST_PLACES = "other", 20


@dataclass(slots=True)
class Reading:
    """A message in hand, with what is found and withheld in it."""

    segments: Segments
    service: ServiceCharacters
    findings: Findings
    prepared_at: datetime | None = None
    table: SensitiveTable = DEFAULT
    sensitive: list[ByteSpan] = field(default_factory=list)
    ssr: int = 0
    free_text: int = 0
    #: How many segments that are not read here, by their tag: no more tags than the directory has, and `OTHER`.
    unknown: dict[str, int] = field(default_factory=dict)
    #: Divides a composite element in which nothing is released.
    divide: Callable[[str], list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Know how to divide."""
        self.divide = methodcaller("split", self.service.component)

    @property
    def day(self) -> date | None:
        """The message's own date, against which years of two digits are read."""
        return self.prepared_at.date() if self.prepared_at else None

    def components(self, elements: list[str], element: int) -> list[str]:
        """The components of one element, `[""]` where it was not sent."""
        if element >= len(elements):
            return [""]
        text = elements[element]
        return self.service.components(text) if SHIELD in text else self.divide(text)

    def number(self, elements: list[str], element: int, place: int) -> int | None:
        """The first component as a whole number; None, with a finding where something else was sent."""
        text = self.components(elements, element)[0].strip()
        found = count(text)
        if found is None and text:
            self.note("NUMBER_UNREADABLE", place)
        return found

    def note(self, code: str, place: int) -> None:
        """Note what is odd about the segment at a place."""
        self.findings.note(code, tag_of(self.segments.texts[place]), self.segments.starts[place])

    def note_unknown(self, place: int) -> None:
        """Count a segment that this message does not have; what stands in it is not looked at."""
        tag = tag_of(self.segments.texts[place]) or OTHER
        self.unknown[tag] = self.unknown.get(tag, 0) + 1
        if self.unknown[tag] <= MOST_PLACES:
            self.note("SEGMENT_UNKNOWN", place)

    def withhold_word(self, place: int, word: str) -> None:
        """Count a word of a segment as sensitive free text, and mark its bytes; it may be wrapped anywhere."""
        self.free_text += 1
        start = self.segments.starts[place]
        wrapped = r"\n*".join(word)
        for found in re.finditer(rf"(?i)(?<![A-Z]){wrapped}(?![A-Z])", self.segments.raws[place]):
            self.sensitive.append(ByteSpan(start + found.start(), start + found.end()))

    def withhold(self, place: int, *, ssr: bool) -> None:
        """Count a segment as sensitive and mark all of it but its tag for overwriting."""
        if ssr:
            self.ssr += 1
        else:
            self.free_text += 1
        tag, *_, last = self.segments.element_spans(place, self.service)
        self.sensitive.append(ByteSpan(tag.end + 1, last.end))
