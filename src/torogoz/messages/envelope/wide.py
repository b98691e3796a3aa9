"""Text that is not one byte a character: UTF-16, and ISO 2022 (UNOX), whose bytes look like service characters.

Both become UTF-8 before anything is divided. What is no character becomes U+FFFD, with a finding.
"""

from __future__ import annotations

import codecs
import re

from torogoz.messages.envelope.opened import Budget, Note, Opened

_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
#: UNA, UNB or UNH in two bytes a character, where no mark says so.
_LITTLE, _BIG = re.compile(rb"U\x00N\x00[ABH]\x00"), re.compile(rb"\x00U\x00N\x00[ABH]")
#: What UNB says where escape sequences (ISO 2022) change the alphabet.
_ISO_2022 = re.compile(rb"U\s*N\s*B[^A-Za-z0-9]\s*U\s*N\s*O\s*X")
_ESCAPE = b"\x1b"


def shows_utf_16(head: bytes) -> bool:
    """Whether the first bytes are UTF-16."""
    return head[:2] in _BOMS or _LITTLE.search(head) is not None or _BIG.search(head) is not None


def utf_16(data: bytes, _: Budget) -> Opened:
    """Give the text in UTF-8."""
    mark = _BOMS.get(data[:2])
    if mark:
        return _decoded(data[2:], mark)
    little, big = _LITTLE.search(data), _BIG.search(data)
    if big is None or (little and little.start() < big.start()):
        # Where rubbish before it has an odd length, the letters stand at odd places.
        odd = little.start() % 2 if little else 0
        return _decoded(data[odd:], "utf-16-le")
    return _decoded(data[big.start() % 2 :], "utf-16-be")


def shows_iso_2022(head: bytes) -> bool:
    """Whether the header in the first bytes declares ISO 2022."""
    return _ISO_2022.search(head) is not None


def iso_2022(data: bytes, _: Budget) -> Opened | None:
    """Give the text in UTF-8; None where no escape sequence is in it, so that it is ASCII.

    An escape that is none is no character either: what was converted once shows none any more, and is not again.
    """
    return _decoded(data, "iso2022_jp_ext", _ESCAPE) if _ESCAPE in data else None


def _decoded(data: bytes, codec: str, unwanted: bytes = b"") -> Opened:
    notes = [Note("TEXT_CONVERTED")]
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        text = data.decode(codec, "replace")
        notes.append(Note("CHARSET_UNDECODABLE", len(data[: error.start].decode(codec, "ignore").encode())))
    if unwanted:
        text = text.replace(unwanted.decode(), "\N{REPLACEMENT CHARACTER}")
    return Opened([text.encode("utf-8", "replace")], notes)
