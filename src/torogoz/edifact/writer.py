"""Segments to text, as ISO 9735-1 asks: what reading gives back is what was written.

Refuses with ValueError what no reader could tell apart: service characters that are not usable, and none to release the
others with. Values hold no control characters: a reader takes them for line wraps.
"""

from __future__ import annotations

from collections.abc import Iterable

from torogoz.edifact.tokens import ServiceCharacters

#: A data element: a simple value, or the components of a composite one.
Element = str | tuple[str, ...]
#: A segment: its tag, then its elements.
Segment = tuple[Element, ...]


def advice(service: ServiceCharacters) -> str:
    """UNA, which announces the service characters."""
    return "".join(
        (
            "UNA",
            service.component,
            service.element,
            service.decimal,
            service.release or " ",
            service.repetition or " ",
            service.terminator,
        )
    )


def compose(segments: Iterable[Segment], service: ServiceCharacters, line_end: str = "") -> str:
    """Write segments, releasing every service character in a value; each segment ends with `line_end` too."""
    if not service.usable or service.release is None:
        raise ValueError("these service characters divide nothing safely")
    release = {ord(sign): service.release + sign for sign in service.used}
    component, element, end = service.component, service.element, service.terminator + line_end
    return "".join(
        element.join(
            [
                item.translate(release)
                if isinstance(item, str)
                else component.join([part.translate(release) for part in item])
                for item in segment
            ]
        )
        + end
        for segment in segments
    )
