"""PNRGOV in XML: `IATA_PNRGOV_NotifRQ` (PADIS PNRGOV XML guide, 13.1 onward; LR-02), with or without a namespace.

Each element is written as the segment of the EDIFACT message that says the same, and read by the one reader of both, so
that a booking is the same value however it was sent. Which elements are confirmed by published samples, and which are
modelled after the EDIFACT group, stands in docs/reference/messages/pnrgov-xml.md.
"""

from torogoz.messages.pnrgov_xml.reader import first_document, pnrgov_documents, read_pnrgov_xml

__all__ = ["first_document", "pnrgov_documents", "read_pnrgov_xml"]
