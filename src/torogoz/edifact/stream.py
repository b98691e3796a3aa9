"""Deliveries to messages, as their bytes come: interchanges wherever they stand among other bytes.

One delivery may hold several interchanges, each with its own service characters, and anything before, between and
after them (telex headings, mail footers). What is decided about a byte depends on bytes near it only, so that a
delivery that comes in pieces is read as the same one that is there whole: `messages` is `stream` of one piece. In hand
are the open message, and so much behind it as must be seen to tell where the next interchange begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from torogoz.edifact.charset import has_control, level
from torogoz.edifact.interchange import Interchange, RawMessage
from torogoz.edifact.limits import Limits
from torogoz.edifact.separators import AFTER, BEFORE, Heads

#: Bytes that are gathered before they are looked at; of what is in hand, so many parts more.
STEP, _PARTS = 64 * 1024, 8


def messages(data: bytes, limits: Limits, base: int = 0) -> Iterator[RawMessage]:
    """Give each message of bytes that stand at `base` of a delivery, in order, within the limits.

    None where no interchange is found.
    """
    return stream((data,), limits, base)


def stream(chunks: Iterable[bytes], limits: Limits, base: int = 0, *, step: int = STEP) -> Iterator[RawMessage]:
    """Give each message of what comes in chunks, once its end and its trailers are known."""
    reader = _Stream(limits, base)
    gathered: list[bytes] = []
    size = 0
    for chunk in chunks:
        if size >= max(step, reader.in_hand // _PARTS):
            yield from reader.feed(b"".join(gathered), final=False)
            if reader.full:
                return
            gathered, size = [], 0
        gathered.append(chunk)
        size += len(chunk)
    yield from reader.feed(gathered[0] if len(gathered) == 1 else b"".join(gathered), final=True)


class _Stream:
    """Finds the interchanges in what comes, and hands each its bytes."""

    def __init__(self, limits: Limits, base: int) -> None:
        self._limits = limits
        self._heads = Heads(limits.interchanges + 1)
        self._interchange: Interchange | None = None
        self._interchanges = self._messages = 0
        #: What is in hand, where it begins in the delivery, and how much of it was handed on or passed over.
        self._text, self._data, self._from = "", b"", base
        self._done = 0
        #: Whether control bytes came.
        self._suspect = False
        #: Whether so much was read that nothing more is.
        self.full = False

    @property
    def in_hand(self) -> int:
        """How many bytes are in hand."""
        return len(self._text) + (self._interchange.in_hand if self._interchange else 0)

    def feed(self, data: bytes, *, final: bool) -> Iterator[RawMessage]:
        """Take the next bytes, and give the messages that are known now."""
        levelled = level(data)
        self._suspect = self._suspect or has_control(data, levelled)
        self._text += levelled.decode("latin-1")
        self._data += data
        while head := self._heads.next(self._text, final=final):
            yield from self._hand_on(head.start, final=True)
            before, self._interchange = self._interchange, Interchange(head, self._limits, self._from)
            self._done = head.body
            self._interchanges += 1
            if self._interchanges > self._limits.interchanges and not self.full:
                start = self._from + head.start
                yield (before or self._interchange).unread("TOO_MANY_INTERCHANGES", start, start)
                self.full = True
            if self.full:
                return
        yield from self._hand_on(len(self._text) if final else len(self._text) - AFTER - BEFORE, final=final)
        self._forget()

    def _hand_on(self, end: int, *, final: bool) -> Iterator[RawMessage]:
        """Hand the interchange in hand what is known to be its own; `final` where that is all."""
        start, self._done = self._done, max(end, self._done)
        if self._interchange is None:
            return
        piece = self._interchange.feed(
            self._text[start : self._done], self._data[start : self._done], suspect=self._suspect, final=final
        )
        for message in piece:
            self._messages += 1
            if self._messages > self._limits.messages:
                yield self._interchange.unread("TOO_MANY_MESSAGES", message.start, message.end)
                self.full = True
                return
            yield message

    def _forget(self) -> None:
        """Drop what was handed on, but for what a head behind it may look back at."""
        drop = max(self._done - BEFORE, 0)
        self._text, self._data = self._text[drop:], self._data[drop:]
        self._from += drop
        self._done -= drop
        self._heads.forget(drop)
