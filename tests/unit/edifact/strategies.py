"""What Hypothesis draws EDIFACT from: service characters, values and segments of every kind that can be written."""

from __future__ import annotations

from hypothesis import strategies as st

from torogoz.edifact.tokens import ServiceCharacters
from torogoz.edifact.writer import Segment

SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
#: Latin-1 without 0x80–0xBF: with them, chance makes valid UTF-8, and that is read as UTF-8.
VALUES = st.text([chr(code) for code in (*range(0x20, 0x7F), *range(0xC0, 0x100))], max_size=12)
TAGS = st.sampled_from(["NAD", "LOC", "DTM", "FTX", "SSR"])


@st.composite
def service_characters(draw: st.DrawFn) -> ServiceCharacters:
    """Six different signs, with or without a repetition separator."""
    component, element, release, terminator, repetition = draw(st.permutations(SIGNS))[:5]
    return ServiceCharacters(
        component,
        element,
        release=release,
        repetition=draw(st.sampled_from([None, repetition])),
        terminator=terminator,
    )


@st.composite
def bodies(draw: st.DrawFn) -> list[Segment]:
    """Segments with simple and composite elements. A value begins and ends with no blank: those are not kept."""
    plain = VALUES.map(lambda text: f"x{text}x")
    element = plain | st.lists(plain, min_size=2, max_size=4).map(tuple)
    return [(draw(TAGS), *draw(st.lists(element, min_size=1, max_size=5))) for _ in range(draw(st.integers(1, 6)))]
