"""Bytes to text: one character a byte first, the sender's alphabet for each value later.

Structure is read from a text in which every byte is one character, so that places are byte positions. The alphabet
that UNB names (0001) is applied to a segment when it holds more than ASCII. Senders name UNOA and send anything:
what is valid UTF-8 beyond ASCII is read as UTF-8, whatever the name says, since chance hardly ever makes it.
"""

from __future__ import annotations

import re
from string import ascii_letters, ascii_uppercase, digits

#: Syntax identifier (0001) → Python codec. IATA's own identifiers promise ASCII.
CODECS: dict[str, str] = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOW": "utf-8",
    "UNOX": "iso2022_jp",
    "UNOY": "utf-8",
    "IATA": "ascii",
    "IATB": "ascii",
    "SIRE": "ascii",
}
#: Syntax identifier → the signs of ASCII that it has (ISO 9735, level A; level B adds lower case). The others have all.
REPERTOIRES: dict[str, str] = {
    "UNOA": ascii_uppercase + digits + " .,-()/='+:?!\"%&*;<>",
    "UNOB": ascii_letters + digits + " .,-()/='+:?!\"%&*;<>",
}
#: What a sender who names ASCII and sends more most often uses.
FALLBACK = "cp1252"

# Information separators (0x1C–0x1F) stay: syntax UNOB allows them as service characters.
_CONTROL = bytes([*range(0x1C), 0x7F])
#: What `Repertoire` leaves to others: line ends, stand-ins of what is released, separators, and all beyond ASCII.
_NOT_JUDGED = bytes([*range(0x20), *range(0x7F, 0x100)])
_LEVELLED = bytes({*range(0x100)} - {*_CONTROL}) + b"\n"
_LEVEL = bytes.maketrans(_CONTROL, b"\n" * len(_CONTROL))
#: A word processor's apostrophe in UTF-8, one character a byte.
_QUOTE = re.compile("\xe2\x80[\x98\x99]")
_QUOTE_ENDS_SEGMENT = re.compile("\xe2\x80[\x98\x99][\n ]*U\n*N\n*[GHT]")
#: The characters of a hard wrap and of the apostrophe: no apostrophe begins before one of these and ends behind it.
QUOTE_BYTES = "\xe2\x80\x98\x99"
#: So much text is looked at at a time.
_STEP = 8 * 1024
_C1 = re.compile("[\x80-\x9f]")


class Repertoire:
    """The signs that a syntax identifier has, the interchange's own service characters among them."""

    def __init__(self, identifier: str, service: str) -> None:
        self._allowed: bytes | None = None
        named = REPERTOIRES.get(identifier)
        if named is not None:
            self._allowed = (named + service).encode("latin-1", "replace") + _NOT_JUDGED

    def first_other(self, text: str) -> int | None:
        """Where the first sign that it does not have stands in levelled text; None where there is none.

        To take away what it has is five times faster than to search what it has not, and most texts have nothing else.
        It is done in steps, because copies of a whole message miss the cache.
        """
        if self._allowed is None:
            return None
        for start in range(0, len(text), _STEP):
            others = text[start : start + _STEP].encode("latin-1").translate(None, self._allowed)
            if others:
                return text.index(chr(others[0]), start)
        return None


def level(data: bytes) -> bytes:
    """Give bytes of the same length in which each control byte is a line end.

    To take away what needs no change is twice as fast as to change all, and most bytes need none.
    """
    lines = data.replace(b"\r", b"\n")
    return lines.translate(_LEVEL) if lines.translate(None, _LEVELLED) else lines


def has_control(data: bytes, levelled: bytes) -> bool:
    """Whether there are control bytes other than line ends in bytes that are also given levelled."""
    return levelled != data.replace(b"\r", b"\n")


def is_curly(text: str) -> bool:
    """Whether a word processor's apostrophe ends segments in levelled text."""
    return "\xe2\x80" in text and _QUOTE_ENDS_SEGMENT.search(text) is not None


def straighten(text: str) -> str:
    """Put plain apostrophes for a word processor's, in text of the same length."""
    return _QUOTE.sub("\n\n'", text)


def codec_for(identifier: str, text: str) -> tuple[str | None, bool]:
    """The codec of a message's levelled text (None: all is ASCII), and whether its syntax identifier promised that.

    Wraps may part the bytes of one character, so that line ends are not looked at.
    """
    if text.isascii():
        return None, True
    promised = CODECS.get(identifier)
    data = text.replace("\n", "").encode("latin-1")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if promised in (None, "ascii"):
            return FALLBACK, False
        if promised == "utf-8":
            return promised, False
        # No set of ISO 8859 has letters at 0x80–0x9F; whoever sends them there under UNOC sends Windows' letters.
        strange = _C1.search(text) is not None
        return FALLBACK if strange and promised == CODECS["UNOC"] else promised, not strange
    return "utf-8", promised == "utf-8"


def decode(text: str, codec: str) -> str:
    """Read one-character-a-byte text in a codec; what it does not have becomes U+FFFD.

    A segment that is not the UTF-8 that the message promised is read on its own as what most others send.
    """
    data = text.encode("latin-1")
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return data.decode(FALLBACK if codec == "utf-8" else codec, "replace")


def undecodable(text: str, codec: str) -> int | None:
    """Where a message's levelled text has the first byte that its codec has no character for; None where it has all."""
    if codec == "utf-8":
        return None
    try:
        text.encode("latin-1").decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return None
