"""A mail (RFC 5322, MIME: RFC 2045–2046): its text and attachments, decoded from base64 and quoted-printable.

Python's own parser reads the header of each part; parts are divided here, at one look at each byte, because theirs
looks at each line once for every part that is open. Of alternatives the plain text is taken, not the one for browsers.
Letters are left as they are: which alphabet they are of, the message says itself.
"""

from __future__ import annotations

import binascii
import re
from email.message import Message
from email.parser import BytesHeaderParser

from torogoz.messages.envelope.opened import Budget, Note, Opened

_KNOWN = (
    rb"(?:content-type|content-transfer-encoding|mime-version|message-id|received|return-path|from|to|subject|date)"
)
_LINE = rb"[A-Za-z][A-Za-z0-9-]{0,70}+:[^\r\n]{0,998}+(?:\r?\n[ \t][^\r\n]{0,998}+)*+\r?\n"
#: A mail begins with lines of its header, after the line of a mailbox; one of the first is one that mails have.
_BEGINS = re.compile(
    rb"(?i)(?:\xef\xbb\xbf)?\s{0,40}+(?:From [^\r\n]*+\r?\n)?(?:" + _LINE + rb"){0,20}?" + _KNOWN + rb":[ \t]"
)
_HEADER_ENDS = re.compile(rb"\r?\n\r?\n|\A\r?\n")
#: A header is not longer. Nesting of parts is bounded apart from that of other envelopes.
_LONGEST_HEADER, _DEEPEST = 256 * 1024, 20
_ATTACHED_MAIL = "message/rfc822"


def shows(head: bytes) -> bool:
    """Whether the first bytes are the header of a mail."""
    return _BEGINS.match(head) is not None


def opened(data: bytes, budget: Budget) -> Opened | None:
    """Give the body of each part that is not made of parts; None where the header never ends."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"From "):
        start = start[start.find(b"\n") + 1 :]
    if _HEADER_ENDS.search(start, 0, _LONGEST_HEADER) is None:
        return None
    found = Opened()
    waiting = [(start, 0)]
    while waiting:
        part, depth = waiting.pop()
        header, body = _divided(part)
        if depth == _DEEPEST:
            found.notes.append(Note("ENVELOPE_NESTED"))
            continue
        boundary = header.get_boundary() if header.get_content_maintype() == "multipart" else None
        if boundary:
            waiting += [(each, depth + 1) for each in reversed(_parts(header, body, boundary, budget, found))]
        else:
            decoded = _decoded(header, body, found)
            if header.get_content_type() == _ATTACHED_MAIL:
                waiting.append((decoded.lstrip(), depth + 1))
            else:
                found.pieces.append(decoded)
    return found


def _divided(part: bytes) -> tuple[Message, bytes]:
    """The header of a part, which may be empty, and its body."""
    end = _HEADER_ENDS.search(part, 0, _LONGEST_HEADER)
    header, body = (part[: end.end()], part[end.end() :]) if end else (b"", part)
    return BytesHeaderParser().parsebytes(header), body


def _parts(header: Message, body: bytes, boundary: str, budget: Budget, found: Opened) -> list[bytes]:
    """The parts between the boundaries; what stands before the first and behind the last is for old readers."""
    sign = re.escape(boundary.encode("utf-8", "surrogateescape"))
    pieces = re.split(
        rb"(?:\A|\r?\n)--" + sign + rb"(--)?[ \t]*(?=\r?\n|\Z)", body, maxsplit=max(budget.members, 0) + 1
    )
    parts: list[bytes] = []
    for ends, part in zip(pieces[1::2], pieces[2::2], strict=True):
        if ends is not None:
            break
        if not budget.member():
            found.notes.append(Note("ARCHIVE_MEMBERS"))
            break
        # The line end of the boundary's own line goes; one more is that of an empty header.
        parts.append(re.sub(rb"\A\r?\n", b"", part))
    if header.get_content_subtype() != "alternative":
        return parts
    plain = [part for part in parts if _divided(part)[0].get_content_type() != "text/html"]
    return plain or parts


def _decoded(header: Message, body: bytes, found: Opened) -> bytes:
    """A body without its transfer encoding; one that is not what it says is given as it is."""
    encoding = str(header.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    if encoding != "base64":
        return body
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        found.notes.append(Note("MAIL_PART_BROKEN"))
    # A cut-off text lacks up to three signs of its last four.
    signs = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
    return binascii.a2b_base64(signs[: len(signs) // 4 * 4])
