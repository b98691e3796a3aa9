"""Entries of a list in XML from bytes that nobody vouches for, one at a time.

Through defusedxml: a document type, and so every entity that it could declare, is refused before anything of it is
expanded. Depth, the elements and the text of one entry, and what the parser itself may hold are bounded. A document
that ends early or is not well-formed is refused whole, with AuthorError: half a list must not replace the whole one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from torogoz.errors import AuthorError

#: Elements in elements: the lists' deepest have six.
DEEPEST = 16
#: Of one entry; the longest lawful one has some hundreds of elements.
MOST_ELEMENTS = 20_000
MOST_SIGNS = 512 * 1024
#: Of one tag or comment, which the parser holds until it ends.
MOST_HELD = 1024 * 1024
_SLICE = 64 * 1024


class Element:
    """An element: its local name, its text and its children. Attributes are not read: the lists hold none."""

    __slots__ = ("children", "line", "name", "overlong", "parts")

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.parts: list[str] = []
        self.children: list[Element] = []
        #: It held more than an entry may, and what was in it is gone.
        self.overlong = False

    def text(self, name: str) -> str:
        """The text of its first child of a name, with one blank for each stretch of them; `""` for none."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> list[str]:
        """The texts of its children of a name, without the empty ones."""
        found = (" ".join("".join(child.parts).split()) for child in self.all(name))
        return [text for text in found if text]

    def all(self, *path: str) -> list[Element]:
        """Its children of a name, or the children of those, along a path."""
        found = [self]
        for name in path:
            found = [child for each in found for child in each.children if child.name == name]
        return found


class _Builder:
    """What the parser tells: an entry that is whole is put into `done`; outside of entries nothing is kept."""

    def __init__(self, root: str, entry: str) -> None:
        self.done: list[Element] = []
        self.line = 1
        self._root = root
        self._entry = entry
        self._depth = 0
        self._open: list[Element] = []
        self._elements = 0
        self._signs = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if self._depth == 0 and name != self._root:
            raise AuthorError("this is another document than the format says", remedy="choose the format of the file")
        self._depth += 1
        if self._depth > DEEPEST:
            raise AuthorError("the XML nests more than {most} elements", most=DEEPEST)
        if not self._open and name != self._entry:
            return
        element = Element(name, self.line)
        self._elements, self._signs = (self._elements + 1, self._signs) if self._open else (1, 0)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._bound()

    def data(self, text: str) -> None:
        """Text inside the element in hand."""
        if self._open:
            self._signs += len(text)
            self._open[-1].parts.append(text)
            self._bound()

    def end(self, _tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append(element)

    def close(self) -> None:
        """The document ends."""

    def _bound(self) -> None:
        """Let go of what an entry holds beyond the bound; that it was too long stays known."""
        if self._elements > MOST_ELEMENTS or self._signs > MOST_SIGNS:
            self._open[0].overlong = True
            for element in self._open:
                element.children.clear()
                element.parts.clear()
            self._elements = self._signs = 0


def entries_of(chunks: Iterable[bytes], root: str, entry: str) -> Iterator[Element]:
    """Each element named `entry` within the document element `root`, once it is whole."""
    builder = _Builder(root, entry)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    expat = parser.parser
    begin = expat.StartElementHandler

    def begins(tag: str, attributes: list[str]) -> None:
        builder.line = expat.CurrentLineNumber
        begin(tag, attributes)

    expat.StartElementHandler = begins
    fed = 0
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), _SLICE):
                piece = chunk[start : start + _SLICE]
                parser.feed(piece)
                fed += len(piece)
                if fed - expat.CurrentByteIndex > MOST_HELD:
                    raise AuthorError("a tag of the XML is longer than {most} bytes", most=f"{MOST_HELD:,}")
                yield from builder.done
                builder.done = []
        parser.close()
    except DefusedXmlException:
        raise AuthorError("the XML declares a document type", remedy="its publisher must leave it out") from None
    except (ParseError, ValueError, LookupError):
        raise AuthorError(
            "the XML breaks off or is not well-formed (line {line})",
            remedy="fetch the file again; nothing of it was loaded",
            line=expat.ErrorLineNumber,
        ) from None
    yield from builder.done
