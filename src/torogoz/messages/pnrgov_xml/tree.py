"""Elements of XML from bytes that nobody vouches for, a booking at a time, each with its place in the bytes.

Through defusedxml: a document type, and so every entity that it could declare, is refused before anything of it is
expanded. Depth, elements, and the length of a value are bounded; of what is read no more than one booking stands in
memory as a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from torogoz.domain.manifest import ByteSpan
from torogoz.edifact.limits import Limits
from torogoz.messages.sensitive import contains_sensitive, is_sensitive_code
from torogoz.messages.sensitive_table import SensitiveTable

#: Elements in elements: the guide's deepest has ten.
DEEPEST = 32
_SLICE = 64 * 1024
_WAS_WIDE = re.compile(rb"""(?i)\xef?\xbb?\xbf?<\?xml[^>]{0,80}encoding\s*=\s*["']utf-16""")
_START_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")


_CODE = "SSR_Code"
#: Attributes that hold names, or texts that are looked at with the element they stand in.
_NAMES = frozenset(
    word
    for line in (
        "Surname FirstGivenName SecondGivenName CardHolderName Name BirthLocation PlaceOfIssue",
        "Address CityName EmailAddress Text Description",
    )
    for word in line.split()
)


class Node:
    """An element: its local name, and what was asked of it. `start` and `end` are the bytes of all of it."""

    __slots__ = ("attributes", "children", "cut", "end", "known", "name", "parts", "start", "table", "tag_end")

    def __init__(self, name: str, attributes: dict[str, str], start: int, tag_end: int, table: SensitiveTable) -> None:
        self.table = table
        self.name = name
        #: What was not asked for yet.
        self.attributes = attributes
        self.children: list[Node] = []
        self.parts: list[str] = []
        self.start = start
        self.tag_end = tag_end
        self.end = tag_end
        #: Something in it was longer than what is read, and is gone.
        self.cut = False
        self.known = False

    def take(self, *names: str) -> str:
        """The value of the first of these attributes that is there, without blanks around it; `""` for none.

        One that is sensitive stays, for whoever looks over what was not taken; but names are no words, and the code of
        a request is known to be one.
        """
        self.known = True
        for name in names:
            value = " ".join(self.attributes.get(name, "").split())
            plain = value.isdecimal() or name in _NAMES or (name == _CODE and is_sensitive_code(value, self.table))
            if value and (plain or not contains_sensitive(value, self.table)):
                del self.attributes[name]
                return value
        return ""

    def text(self) -> str:
        """The text that stands in it, with one blank for each stretch of them."""
        self.known = True
        text, self.parts = " ".join("".join(self.parts).split()), []
        return text

    def all(self, name: str) -> list[Node]:
        """Its children of a name."""
        self.known = True
        found = [child for child in self.children if child.name == name]
        for child in found:
            child.known = True
        return found

    def one(self, name: str) -> Node:
        """Its first child of a name, or one that says nothing."""
        found = self.all(name)
        return found[0] if found else Node(name, {}, self.start, self.tag_end, self.table)

    def walk(self) -> Iterator[Node]:
        """It and all that is in it, in the order of the bytes."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class RefusedXmlError(Exception):
    """The document is not read further; `code` is a finding's, `position` where it stopped, if that is known."""

    def __init__(self, code: str, position: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.position = position


class _Builder:
    """What the parser tells: an element that is whole is put into `done`, and its parent lets it go."""

    def __init__(
        self, data: bytes, limits: Limits, whole: frozenset[str], opened: list[Node], table: SensitiveTable
    ) -> None:
        self._table = table
        self.done: list[Node] = []
        self.open = opened
        self.position = 0
        self._data = data
        self._limits = limits
        self._whole = whole
        self._count = 0
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._count += 1
        if self._count > self._limits.segments or len(attributes) > self._limits.elements:
            raise RefusedXmlError("XML_TOO_LARGE", self.position)
        if len(self.open) >= DEEPEST:
            raise RefusedXmlError("XML_TOO_DEEP", self.position)
        found = _START_TAG.match(self._data, self.position)
        longest = self._limits.segment_length
        kept = {_local(name): value for name, value in attributes.items() if len(value) <= longest}
        node = Node(_local(tag), kept, self.position, found.end() if found else self.position, self._table)
        node.cut = len(kept) < len(attributes)
        if self.open:
            self.open[-1].children.append(node)
        self.open.append(node)
        self._length = 0

    def data(self, text: str) -> None:
        """Text inside the element in hand."""
        self._length += len(text)
        if self._length > self._limits.segment_length:
            self.open[-1].cut = True
            self.open[-1].parts.clear()
        else:
            self.open[-1].parts.append(text)

    def end(self, _tag: str) -> None:
        """An element ends."""
        node = self.open.pop()
        self._length = 0
        # At an element without content the parser stands behind it, which may be before another's end tag.
        if self._data[node.tag_end - 2 : node.tag_end] != b"/>":
            node.end = self._data.find(b">", self.position) + 1
        if node.name in self._whole:
            self.done.append(node)
            if self.open:
                self.open[-1].children.pop()

    @property
    def is_whole(self) -> bool:
        """Whether the outermost element has begun and ended."""
        return self._count > 0 and not self.open

    def close(self) -> None:
        """The document ends."""

    def taken(self) -> list[Node]:
        """What is whole and was not taken yet."""
        taken, self.done = self.done, []
        return taken


class Document:
    """A document being read; `open` are the elements that have begun and not ended, the outermost first."""

    def __init__(
        self, data: bytes, part: ByteSpan, limits: Limits, whole: frozenset[str], table: SensitiveTable
    ) -> None:
        self.open: list[Node] = []
        #: Comments and instructions with sensitive words in them.
        self.asides: list[ByteSpan] = []
        #: Where something else stands behind it.
        self.behind: int | None = None
        self._data = data
        self._part = part
        self._table = table
        self._builder = _Builder(data, limits, whole, self.open, table)

    def whole(self) -> Iterator[Node]:
        """Each of the elements asked for once it is whole, an inner one before the one that held it, which lets it go.

        RefusedXmlError where the document goes on as none, or beyond a bound; what was given before stands.
        """
        data, part, builder = self._data, self._part, self._builder
        # What was UTF-16 was unpacked to UTF-8, and declares otherwise still.
        codec = "utf-8" if _WAS_WIDE.match(data, part.start, part.end) else None
        parser = DefusedXMLParser(target=builder, encoding=codec, forbid_dtd=True)
        expat = parser.parser
        # The place of what the parser tells is known to the parser only.
        begin, finish = expat.StartElementHandler, expat.EndElementHandler

        def begins(tag: str, attributes: list[str]) -> None:
            builder.position = part.start + expat.CurrentByteIndex
            begin(tag, attributes)

        def ends(tag: str) -> None:
            builder.position = part.start + expat.CurrentByteIndex
            finish(tag)

        expat.StartElementHandler, expat.EndElementHandler = begins, ends
        expat.CommentHandler = lambda text: self._aside(text, part.start + expat.CurrentByteIndex)
        expat.ProcessingInstructionHandler = lambda name, text: self._aside(
            f"{name} {text}", part.start + expat.CurrentByteIndex
        )
        try:
            for start in range(part.start, part.end, _SLICE):
                parser.feed(data[start : min(start + _SLICE, part.end)])
                yield from builder.taken()
            parser.close()
        except DefusedXmlException:
            raise RefusedXmlError("XML_ENTITY") from None
        except (ParseError, ValueError, LookupError):
            yield from builder.taken()
            stopped = min(part.start + max(expat.ErrorByteIndex, 0), part.end)
            if not builder.is_whole:
                raise RefusedXmlError("XML_CUT", stopped) from None
            self.behind = stopped
        except RefusedXmlError:
            yield from builder.taken()
            raise

    def _aside(self, text: str, start: int) -> None:
        if contains_sensitive(text, self._table):
            end = self._data.find(b">", start + len(text))
            self.asides.append(ByteSpan(start, end + 1 if end > 0 else self._part.end))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
