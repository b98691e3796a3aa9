"""Sensitive data: what is dropped before anything parsed is stored, counted, and overwritten in the raw copy.

What is sensitive stands in one table (`sensitive_table`). Counts are kept, never what or whose.

`contains_sensitive` reads free text: OSI, remarks, history, and what our own staff type. Words are compared whole after
folding, so that *reunión* and *Western Union* stay innocent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from torogoz.domain.name import fold
from torogoz.messages.sensitive_table import DEFAULT, SensitiveTable

if TYPE_CHECKING:
    from torogoz.domain.manifest import Message

#: In messages `//` stands for `@`. It begins where a run of its signs does, and gives none back: it is looked for once.
_EMAIL = re.compile(r"(?<![^\s@/])[^\s@/]++(?:@|//)[^\s@/]++")

#: Letters in upper case; all else parts words, but that folding takes full stops and backticks out.
_LETTERS = bytes(ord(chr(sign).upper()) if chr(sign).isascii() and chr(sign).isalpha() else 0x20 for sign in range(256))

#: Letters as A, digits as 1, and what a code with its carrier and status looks like then.
_SHAPES = bytes(
    0x31 if chr(sign).isdecimal() else 0x41 if letter != 0x20 else 0x20 for sign, letter in enumerate(_LETTERS)
)
#: After a digit, which parts words, the code stands alone: only carriers that begin with a letter hide it. What comes
#: before is not looked at here, because blanks, of which a text is full, would be searched for slowly.
_GLUED_LETTERS, _GLUED_DIGIT = b"AAAA" + b"AA" + b"AA1", b"AAAA" + b"A1" + b"AA1"


def is_sensitive_code(code: str, table: SensitiveTable = DEFAULT) -> bool:
    """Whether an SSR code is one that must be dropped."""
    return code.strip().upper() in table.codes


def contains_sensitive(text: str, table: SensitiveTable = DEFAULT) -> bool:
    """Whether free text holds a sensitive code, word or phrase. E-mail addresses are names, not words."""
    if not may_be_sensitive(text, table):
        return False
    # An apostrophe parts words here: *blind's* is *blind*.
    folded = fold(_EMAIL.sub(" ", text).replace("'", " "))
    words = folded.split()
    return (
        not table.words.isdisjoint(words)
        or not table.codes.isdisjoint(words)
        or table.phrase_in_text.search(folded) is not None
        or table.code_in_text.search(text.upper()) is not None
    )


def may_be_sensitive(text: str, table: SensitiveTable = DEFAULT) -> bool:
    """Whether `contains_sensitive` must look at free text. Never False where it would find something; much cheaper.

    Text that is not ASCII must be looked at.
    """
    if not text.isascii():
        return True
    plain = text.encode().replace(b"`", b".")
    words = plain.translate(_LETTERS, b".").split()
    first = plain.find(b".")
    if first >= 0:
        # What these part is read parted too: from the word of the first to that of the last.
        start, end = plain.rfind(b" ", 0, first) + 1, plain.find(b" ", plain.rfind(b"."))
        words += plain[start : end if end >= 0 else None].translate(_LETTERS).split()
    if not table.suspects.isdisjoint(words):
        return True
    shapes = plain.translate(_SHAPES)
    # From behind they are found in half the time.
    glued = shapes.rfind(_GLUED_LETTERS) >= 0 or shapes.rfind(_GLUED_DIGIT) >= 0
    return glued and table.code_in_text.search(text.upper()) is not None


def redact(data: bytes, message: Message) -> bytes:
    """The message's own bytes, with the sensitive ones overwritten by `X` at equal length, so that positions hold.

    Line ends stay, so that the lines of the copy are those that were sent.
    """
    base = message.span.start
    copy = bytearray(data[base : message.span.end])
    for span in message.sensitive:
        hidden = copy[span.start - base : span.end - base]
        copy[span.start - base : span.end - base] = bytes(sign if sign in b"\r\n" else 0x58 for sign in hidden)
    return bytes(copy)
