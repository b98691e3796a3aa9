"""Deliveries that are no EDIFACT, each told by how it begins: XML, tables, and files of machine-readable zones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from torogoz.domain.manifest import ByteSpan, Message
from torogoz.edifact.limits import Limits
from torogoz.messages.pnrgov_xml import first_document, pnrgov_documents, read_pnrgov_xml
from torogoz.messages.sensitive_table import SensitiveTable
from torogoz.messages.tabular import read_table, table_part
from torogoz.messages.zones import has_zones, may_be_zones, read_zones

#: How nearly all deliveries begin: nothing of another form needs to be looked for in them.
_EDIFACT = re.compile(rb"(?:UNA[^\r\n]{6}[\r\n]{0,2})?UNB[^A-Za-z0-9\s]UNO[A-Z][^A-Za-z0-9\s][0-9]")


def may_be_other(head: bytes, limits: Limits) -> bool:
    """Whether a delivery that begins so may be of another form than EDIFACT, which is read when it is whole."""
    part = ByteSpan(0, len(head))
    return (
        first_document(head, part) is not None or table_part(head, part, limits) is not None or may_be_zones(head, part)
    )


def other_than_edifact(data: bytes, part: ByteSpan, limits: Limits, table: SensitiveTable) -> Iterator[Message] | None:
    """The messages of a part of a delivery that is of another form; None where it may be EDIFACT."""
    if _EDIFACT.match(data, part.start, part.end):
        return None
    if documents := pnrgov_documents(data, part):
        return read_pnrgov_xml(data, documents, limits, table)
    if rows := table_part(data, part, limits):
        return read_table(data, rows, limits, table)
    if has_zones(data, part):
        return read_zones(data, part, limits)
    return None
