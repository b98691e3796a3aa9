"""Bytes to text: one character a byte first, the sender's alphabet for each value later.

Structure is read from a text in which every byte is one character, so that places are byte positions. The alphabet
that UNB names (0001) is applied to a segment when it holds more than ASCII. Senders name UNOA and send anything:
what is valid UTF-8 beyond ASCII is read as UTF-8, whatever the name says, since chance hardly ever makes it.
"""

from __future__ import annotations

import re

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
#: What a sender who names ASCII and sends more most often uses.
FALLBACK = "cp1252"

# Information separators (0x1C–0x1F) stay: syntax UNOB allows them as service characters.
_CONTROL = bytes([*range(0x1C), 0x7F])
_LEVEL = bytes.maketrans(_CONTROL, b"\n" * len(_CONTROL))
_QUOTE = re.compile(rb"\xe2\x80[\x98\x99]")
_QUOTE_ENDS_SEGMENT = re.compile(rb"\xe2\x80[\x98\x99][\n ]*U\n*N\n*[GHT]")


def level(data: bytes) -> bytes:
    """Give bytes of the same length in which each control byte is a line end."""
    return data.translate(_LEVEL)


def has_control(data: bytes, levelled: bytes) -> bool:
    """Whether there are control bytes other than line ends in bytes that are also given levelled."""
    return levelled != data.replace(b"\r", b"\n")


def straighten(levelled: bytes) -> bytes:
    """Where a word processor's apostrophe ends segments, put a plain one, in bytes of the same length."""
    if levelled.isascii() or not _QUOTE_ENDS_SEGMENT.search(levelled):
        return levelled
    return _QUOTE.sub(b"\n\n'", levelled)


def codec_for(identifier: str, data: bytes) -> tuple[str | None, bool]:
    """The codec of an interchange (None: all is ASCII), and whether that is what its syntax identifier promised."""
    if data.isascii():
        return None, True
    promised = CODECS.get(identifier)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if promised in (None, "ascii", "utf-8"):
            return FALLBACK, False
        return promised, True
    return "utf-8", promised == "utf-8"


def decode(text: str, codec: str) -> str:
    """Read one-character-a-byte text in a codec; what it does not have becomes U+FFFD."""
    return text.encode("latin-1").decode(codec, "replace")
