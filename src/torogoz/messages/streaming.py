"""Read a delivery whose bytes are still coming, with no more of it in hand than must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from torogoz.domain.manifest import Message
from torogoz.edifact.limits import DEFAULT, Limits
from torogoz.edifact.stream import STEP, stream
from torogoz.messages.delivery import read, read_raw, unreadable
from torogoz.messages.envelope import WINDOW, is_enveloped
from torogoz.messages.other_forms import may_be_other
from torogoz.messages.sensitive_table import DEFAULT as SHIPPED
from torogoz.messages.sensitive_table import SensitiveTable


def read_stream(
    chunks: Iterable[bytes], limits: Limits = DEFAULT, table: SensitiveTable = SHIPPED, *, step: int = STEP
) -> Iterator[Message]:
    """Give the messages of a delivery that comes in chunks, each once its end and its trailers are known.

    They are those of `read`. An envelope, and what is no EDIFACT, is waited for whole; else only the open message is in
    hand. That a delivery exceeds `limits.delivery` is known late: then it is said behind what was read until then.
    """
    coming = _Coming(chunks, limits.delivery)
    number = 0
    try:
        head = coming.head()
        if is_enveloped(head[:WINDOW]) or may_be_other(head, limits):
            yield from read(b"".join((head, *coming)), limits, table)
            return
        for number, raw in enumerate(stream(chain((head,), coming), limits, step=step), start=1):
            yield read_raw(number, raw, limits, table)
    except _TooLargeError:
        yield unreadable(number + 1, "DELIVERY_TOO_LARGE", coming.size)
        return
    if not number:
        yield unreadable(1, "DELIVERY_EMPTY" if coming.blank else "NOT_EDIFACT", coming.size)


class _TooLargeError(Exception):
    """More came than is read."""


class _Coming:
    """Chunks on their way, counted."""

    def __init__(self, chunks: Iterable[bytes], most: int) -> None:
        self._chunks = iter(chunks)
        self._most = most
        self.size = 0
        self.blank = True

    def __iter__(self) -> Iterator[bytes]:
        """Give each. _TooLargeError where they exceed the limit."""
        for chunk in self._chunks:
            self.size += len(chunk)
            self.blank = self.blank and not chunk.strip()
            if self.size > self._most:
                raise _TooLargeError
            yield chunk

    def head(self) -> bytes:
        """The first chunks, in which an envelope shows."""
        head = b""
        for chunk in self:
            head += chunk
            if len(head) >= WINDOW:
                break
        return head
