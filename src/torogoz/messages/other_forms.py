"""Deliveries that are no EDIFACT, each told by how it begins: XML, tables, and files of machine-readable zones."""

from __future__ import annotations

from collections.abc import Iterator

from torogoz.domain.manifest import Message
from torogoz.edifact.limits import Limits
from torogoz.messages.pnrgov_xml import is_pnrgov_xml, read_pnrgov_xml
from torogoz.messages.tabular import is_table, read_table
from torogoz.messages.zones import has_zones, read_zones


def other_than_edifact(data: bytes, limits: Limits) -> Iterator[Message] | None:
    """The messages of a delivery that is of another form; None where it may be EDIFACT."""
    if is_pnrgov_xml(data):
        return read_pnrgov_xml(data, limits)
    if is_table(data, limits):
        return read_table(data, limits)
    if has_zones(data):
        return read_zones(data, limits)
    return None
