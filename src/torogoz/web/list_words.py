"""The words of an entry's cells, as forms, differences and refusals show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from torogoz.domain.purpose import Purpose
from torogoz.domain.watchlist import ListAction
from torogoz.matching.sources.formats import ListFormat
from torogoz.matching.sources.rows import FAULTS, CellFault
from torogoz.web.ruletext import reader_language
from torogoz.web.words import word

#: How a list may be written, as forms name it.
FORMATS: Mapping[ListFormat, str | Promise] = {
    ListFormat.CSV: _("own list (CSV)"),
    ListFormat.STOLEN: _("lost and stolen documents (CSV)"),
    ListFormat.FTM: _("OpenSanctions (JSON lines)"),
    ListFormat.OFAC_CSV: _("OFAC SDN (CSV)"),
    ListFormat.OFAC_XML: _("OFAC SDN (XML)"),
    ListFormat.UN_XML: _("UN Security Council (XML)"),
}
#: column of a list file → its label.
LABELS: Mapping[str, str | Promise] = {
    "id": _("Number on the list"),
    "names": _("Names"),
    "birth_date": _("Birth dates"),
    "nationality": _("Nationalities"),
    "sex": _("Sex"),
    "document_numbers": _("Documents"),
    "owner": _("Owner"),
    "legal_basis": _("Legal basis"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "grade": _("Grade"),
    "handling": _("Handling"),
    "action": _("Asked for"),
    "review_on": _("Review date"),
}
#: The columns that tell who is meant; the others are the terms of the entry.
PERSON = frozenset({"names", "birth_date", "nationality", "sex", "document_numbers"})
#: column → how its field is filled in, where that is not plain.
HELP: Mapping[str, str | Promise] = {
    "id": _("The owner's number of the entry; it never changes."),
    "names": _("Several are parted by a semicolon; the first is the main one."),
    "birth_date": _("1970-05-01, 1970-05 or 1970; several are parted by a semicolon."),
    "nationality": _("Three letters each, parted by a semicolon."),
    "document_numbers": _("The number, or issuer:type:number as SLV:P:A01234567; several are parted by a semicolon."),
    "grade": _("The source and the information, as B2 (5×5×5, 4×4) or 2B (3×5×2)."),
    "handling": _("The owner's code of what may be done with it, as C: with conditions."),
    "reason": _("What the person is said to have done, or is at risk of."),
    "review_on": _(
        "Within five years. After this day the entry is compared with nobody, and thirty days later it is deleted."
    ),
}
#: What flow.watchlists, flow.waiting and flow.entries say when they refuse, and what helps.
REFUSALS: tuple[str | Promise, ...] = (
    _("the second person must be another one"),
    _("ask a colleague who is a supervisor"),
    _("a colleague has answered meanwhile"),
    _("open the list again and see"),
    _("nothing of the entry was changed"),
    _("change what is wrong, or leave it as it is"),
    _("this version of the entry is no longer in force"),
    _("open the entry again, as the list has it now"),
)


def said(column: str, cell: str) -> str:
    """A cell in the reader's words: codes of closed lists as their words."""
    if column == "purpose" and cell:
        return word(Purpose(cell))
    if column == "action" and cell:
        return word(ListAction(cell))
    if column not in _SEVERAL:
        return cell
    parts = (part.strip() for part in cell.split(";"))
    if column == "document_numbers":  # issuer:type:number, of which the first two may be empty
        parts = (" ".join(part.replace(":", " ").split()) for part in parts)
    return "; ".join(parts)


def faults_by_column(faults: Iterable[CellFault]) -> dict[str, str]:
    """What is wrong, in sentences by column, as they stand at its field; under `names` what is wrong with the whole."""
    found: dict[str, str] = {}
    here = gettext("this value")  # its label may be a plural, and stands above
    for each in faults:
        column = each.column or "names"
        text = FAULTS[each.fault][reader_language()].format(column=here)
        found[column] = f"{found[column]}; {text}" if column in found else text
    return found


_SEVERAL = frozenset({"names", "birth_date", "nationality", "document_numbers"})
