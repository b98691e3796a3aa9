"""What every message reader is given: a divided message, where its parts stand, and where to note what is odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from torogoz.domain.finding import Origin
from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.findings import Findings
from torogoz.edifact.segments import Segments, tag_of
from torogoz.edifact.tokens import ServiceCharacters, count


@dataclass(slots=True)
class Reading:
    """A message in hand. `day` is the message's own date, against which two-digit years are read."""

    segments: Segments
    service: ServiceCharacters
    findings: Findings
    prepared_at: datetime | None = None
    sensitive: list[ByteSpan] = field(default_factory=list)
    ssr: int = 0
    free_text: int = 0

    @property
    def day(self) -> date | None:
        """The date on which the message was prepared."""
        return self.prepared_at.date() if self.prepared_at else None

    def components(self, elements: list[str], place: int) -> list[str]:
        """The components of one element, without blanks around them; `[""]` where it was not sent."""
        return self.service.components(elements[place]) if place < len(elements) else [""]

    def number(self, elements: list[str], element: int, place: int) -> int | None:
        """The first component as a whole number; None, with a finding where something else was sent."""
        text = self.components(elements, element)[0].strip()
        found = count(text)
        if found is None and text:
            self.note("NUMBER_UNREADABLE", place)
        return found

    def origin(self, field_name: str, place: int) -> Origin:
        """Say that a field was read from the segment at a place."""
        return Origin(field_name, self.segments.starts[place], self.segments.ends[place])

    def note(self, code: str, place: int) -> None:
        """Note what is odd about the segment at a place."""
        self.findings.note(code, tag_of(self.segments.texts[place]), self.segments.starts[place])

    def withhold_element(self, place: int, element: int) -> None:
        """Count one element of a segment as sensitive free text, and mark its bytes."""
        self.free_text += 1
        self.sensitive.append(self.segments.element_spans(place, self.service)[element])

    def withhold(self, place: int, *, ssr: bool) -> None:
        """Count a segment as sensitive and mark all of it but its tag for overwriting."""
        if ssr:
            self.ssr += 1
        else:
            self.free_text += 1
        self.sensitive.append(ByteSpan(self.segments.starts[place] + 4, self.segments.ends[place]))
