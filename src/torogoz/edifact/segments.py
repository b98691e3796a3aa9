"""A message's text to its segments, each with its place in the delivered bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.charset import decode
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.edifact.tokens import ServiceCharacters

#: The tags of the messages we know of; a finding names no other.
TAGS = frozenset(
    "UNA UNB UNG UNH UNT UNE UNZ UNS BGM RFF DTM LOC NAD CTA COM TDT ATT MEA GEI GIS FTX EMP NAT DOC CPI QTY GID CNT AUT"
    " PDT ERP ERC MSG ORG TVL EQN SRC RCI SSR DAT IFT ADD EBD TIF FTI REF FAR TKT MON PTK TXD FOP RPI APD TRI TRA SSD TBD"
    " ABI SAC LTS SDT".split()
)


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments as text, still shielded, without terminators and hard wraps; `starts` and `ends` are byte positions.

    `source` is the shielded text they were divided from, which begins at byte `base`.
    """

    source: str
    base: int
    texts: list[str]
    starts: list[int]
    ends: list[int]

    def element_spans(self, place: int, service: ServiceCharacters) -> list[ByteSpan]:
        """Where each element of a segment stands; looked up only when somebody asks."""
        start = self.starts[place]
        spans = []
        for element in self.source[start - self.base : self.ends[place] - self.base].split(service.element):
            spans.append(ByteSpan(start, start + len(element)))
            start += len(element) + 1
        return spans


def divide(
    text: str, start: int, service: ServiceCharacters, codec: str | None, *, limits: Limits, findings: Findings
) -> Segments:
    """Divide shielded text that begins at byte `start`. What lies beyond a limit is left out, with a finding."""
    terminator = service.terminator
    if text.count(terminator) > limits.segments:
        findings.note("TOO_MANY_SEGMENTS", position=start)
    raw = text.split(terminator, limits.segments)
    rest = raw.pop()
    if rest.strip() and len(raw) < limits.segments:
        findings.note("SEGMENT_CUT_OFF", None, start + len(text) - len(rest))
    # Each segment is followed by its terminator: the places are running sums, taken without a loop of ours.
    ends = [start + length + place for place, length in enumerate(accumulate(map(len, raw)))]
    starts = [end - len(piece) for end, piece in zip(ends, raw, strict=True)]
    segments = Segments(text, start, raw, starts, ends)
    if "\n" in text or f"{terminator} " in text or " " + terminator in text or 2 * terminator in text:
        segments = _tidy(segments, findings)
    if codec:
        texts = [piece if piece.isascii() else decode(piece, codec) for piece in segments.texts]
        segments = replace(segments, texts=texts)
    return _within(segments, service, limits, findings)


def _tidy(segments: Segments, findings: Findings) -> Segments:
    """Take away blanks and line ends around segments, and the empty segments; join what was wrapped inside."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    wrapped: int | None = None
    for raw, start, end in zip(segments.texts, segments.starts, segments.ends, strict=True):
        piece = raw.lstrip("\n ")
        if piece:
            starts.append(end - len(piece))
            ends.append(end)
            piece = piece.rstrip("\n ")
            if "\n" in piece:
                wrapped = starts[-1] if wrapped is None else wrapped
                piece = piece.replace("\n", "")
            texts.append(piece)
    if wrapped is not None:
        findings.note("LINE_WRAP", position=wrapped)
    return replace(segments, texts=texts, starts=starts, ends=ends)


def _within(segments: Segments, service: ServiceCharacters, limits: Limits, findings: Findings) -> Segments:
    """Leave out segments beyond a limit; a segment with too many elements is at least that long, so most are skipped."""
    longest = min(limits.segment_length, limits.elements)
    if max(map(len, segments.texts), default=0) <= longest:
        return segments
    kept = []
    for place, text in enumerate(segments.texts):
        if len(text) > limits.segment_length:
            findings.note("SEGMENT_TOO_LONG", tag_of(text), segments.starts[place])
        elif text.count(service.element) + text.count(service.component) > limits.elements:
            findings.note("TOO_MANY_ELEMENTS", tag_of(text), segments.starts[place])
        else:
            kept.append(place)
    return replace(
        segments,
        texts=[segments.texts[place] for place in kept],
        starts=[segments.starts[place] for place in kept],
        ends=[segments.ends[place] for place in kept],
    )


def tag_of(text: str) -> str | None:
    """The tag of a segment, for a finding; None for a stranger, which may be the beginning of somebody's name."""
    tag = text[:3]
    return tag if tag in TAGS else None
