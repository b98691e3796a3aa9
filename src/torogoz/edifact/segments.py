"""A message's text to its segments, each with its place in the delivered bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.charset import decode
from torogoz.edifact.directory import DIRECTORY
from torogoz.edifact.findings import Findings
from torogoz.edifact.limits import Limits
from torogoz.edifact.tokens import ServiceCharacters

#: The tags of the messages we know of, and of the directory; a finding names no other.
TAGS = DIRECTORY | frozenset(
    tag
    for group in (
        "UNA UNB UNG UNH UNT UNE UNZ UNS",
        "BGM RFF DTM LOC NAD CTA COM TDT ATT MEA GEI GIS FTX EMP NAT DOC CPI QTY GID CNT AUT PDT ERP ERC",
        "MSG ORG TVL EQN SRC RCI SSR DAT IFT ADD EBD TIF FTI REF FAR TKT MON PTK TXD FOP RPI APD TRI TRA SSD TBD",
        "ABI SAC LTS SDT",
        "UCI UCM UCS UCD",
    )
    for tag in group.split()
)


#: The tag, and all, of the segment that stands for a run; no levelled text holds this character.
RUN_TAG = "\x06"


@dataclass(frozen=True, slots=True)
class Run:
    """Whole segments in a row that were read without being divided: so many, between two places of the text."""

    start: int
    end: int
    segments: int


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments of a message, still shielded.

    `texts` are without terminators, wraps and blanks around them, in the sender's alphabet; `raws` are the same
    segments one character a byte, beginning at byte positions `starts`. In the place of each run stands one segment.
    """

    texts: list[str]
    raws: list[str]
    starts: list[int]
    runs: Sequence[Run] = ()

    @property
    def count(self) -> int:
        """How many segments there are, with those in runs."""
        return len(self.texts) + sum(run.segments - 1 for run in self.runs)

    def span(self, place: int) -> ByteSpan:
        """Where a segment stands, its terminator apart."""
        start = self.starts[place]
        return ByteSpan(start, start + len(self.raws[place]))

    def element_spans(self, place: int, service: ServiceCharacters) -> list[ByteSpan]:
        """Where each element of a segment stands; looked up only when somebody asks."""
        start = self.starts[place]
        spans = []
        for element in self.raws[place].split(service.element):
            spans.append(ByteSpan(start, start + len(element)))
            start += len(element) + 1
        return spans


def divide(
    text: str,
    start: int,
    service: ServiceCharacters,
    codec: str | None,
    *,
    limits: Limits,
    findings: Findings,
    runs: Sequence[Run] = (),
) -> Segments:
    """Divide shielded text that begins at byte `start`, but for its runs.

    What lies beyond a limit is left out, with a finding.
    """
    terminator = service.terminator
    end = start + len(text)
    text = _around(text, runs, terminator) if runs else text
    raws = text.split(terminator, limits.segments)
    rest = raws.pop()
    if len(raws) == limits.segments and terminator in rest:
        findings.note("TOO_MANY_SEGMENTS", position=start)
    elif rest.strip():
        findings.note("SEGMENT_CUT_OFF", None, end - len(rest.lstrip()))
    # Each segment is followed by its terminator: the places are running sums, taken without a loop of ours.
    lengths = [len(raw) + 1 for raw in raws]
    if runs:
        _stretch(lengths, raws, runs)
    segments = Segments(raws, raws, list(accumulate(lengths[:-1], initial=start)) if raws else [], runs)
    sign = re.escape(terminator)
    if "\n" in text or 1 in lengths or re.search(rf" (?:(?={sign})|(?<={sign} ))", text):
        segments = _tidy(segments, findings)
    if codec:
        texts = [piece if piece.isascii() else decode(piece, codec) for piece in segments.texts]
        segments = replace(segments, texts=texts)
    # A segment with too many elements is at least that long: most messages need no closer look.
    if max(lengths, default=0) <= min(limits.segment_length, limits.elements):
        return segments
    return _within(segments, service, limits, findings)


def _around(text: str, runs: Sequence[Run], terminator: str) -> str:
    """The text with one segment for each run."""
    pieces: list[str] = []
    end = 0
    for run in runs:
        pieces += text[end : run.start], RUN_TAG, terminator
        end = run.end
    return "".join((*pieces, text[end:]))


def _stretch(lengths: list[int], raws: list[str], runs: Sequence[Run]) -> None:
    """Make the segment that stands for a run, with its terminator, as long as the run is."""
    places = (place for place, raw in enumerate(raws) if RUN_TAG in raw)
    for place, run in zip(places, runs, strict=True):
        lengths[place] += run.end - run.start - len(RUN_TAG) - 1


def _tidy(segments: Segments, findings: Findings) -> Segments:
    """Take away blanks and line ends around segments, and the empty segments; join what was wrapped inside."""
    texts: list[str] = []
    raws: list[str] = []
    starts: list[int] = []
    wrapped: int | None = None
    for raw, start in zip(segments.raws, segments.starts, strict=True):
        piece = raw.lstrip("\n ")
        if piece:
            starts.append(start + len(raw) - len(piece))
            raws.append(piece)
            piece = piece.rstrip("\n ")
            if "\n" in piece:
                wrapped = starts[-1] if wrapped is None else wrapped
                piece = piece.replace("\n", "")
            texts.append(piece)
    if wrapped is not None:
        findings.note("LINE_WRAP", position=wrapped)
    return Segments(texts, raws, starts, segments.runs)


def _within(segments: Segments, service: ServiceCharacters, limits: Limits, findings: Findings) -> Segments:
    """Leave out segments beyond a limit."""
    kept = []
    for place, text in enumerate(segments.texts):
        if len(text) > limits.segment_length:
            findings.note("SEGMENT_TOO_LONG", tag_of(text), segments.starts[place])
        elif text.count(service.element) + text.count(service.component) > limits.elements:
            findings.note("TOO_MANY_ELEMENTS", tag_of(text), segments.starts[place])
        else:
            kept.append(place)
    return Segments(
        [segments.texts[place] for place in kept],
        [segments.raws[place] for place in kept],
        [segments.starts[place] for place in kept],
        segments.runs,
    )


def tag_of(text: str) -> str | None:
    """The tag of a segment, for a finding; None for a stranger, which may be the beginning of somebody's name."""
    tag = text[:3]
    return tag if tag in TAGS and not text[3:4].isalnum() else None
