"""How a plain traveller of a PAXLST looks: the segments that are read without being divided, as one pattern.

Plain is what the guide shows: segments of these tables and no others, in any order, none more often than they show it;
letters and digits of ASCII, and nothing released but in a name or a contact; line ends only between segments; and the
next traveller, or the end of the message, right behind. The tables are written in the standard's service characters;
the pattern is made in those of the sender.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple

from torogoz.edifact.tokens import SHIELD, STAND_INS

_CODE, _STATE, _AIRPORT = "[0-9A-Z]{1,35}+", "[A-Z]{1,3}+", "[A-Z]{3}"
_DAY = "(?:[0-9]{6}(?:[:]101)?|[0-9]{8}[:]102)"
_BAG, _CONTACT = "(?=[A-Z]{0,20}[0-9])[0-9A-Z]{1,20}+(?:[:][1-9])?", "<contact>{1,70}+[:](?:TE|EM)"
#: What a segment begins with, the field that the rest of it fills, and what the rest looks like; a row stands for one
#: segment, and the rest ends where it ends.
PERSON = (
    ("RFF+AVF:", "record_locator", _CODE),
    ("RFF+ABO:", "reference", _CODE),
    ("RFF+SEA:", "seat", "0{0,2}+[1-9][0-9]{0,2}[A-Z]"),
    ("LOC+174+", "residence", _STATE),
    ("NAT+2+", "nationality", _STATE),
    ("ATT+2++", "sex", "[FMUX]"),
    ("DTM+329:", "birth_date", _DAY),
    ("MEA+CT++:", "bags", "[0-9]{1,3}"),
    ("MEA+WT++KGM:", "bags", "[0-9]{1,4}"),
    ("FTX+BAG+++", "bags", _BAG),
    ("FTX+BAG+++", "bags", _BAG),
    ("COM+", "contacts", _CONTACT),
    ("COM+", "contacts", _CONTACT),
    ("LOC+180+", "birth_place", "[A-Z]{0,3}+[:][:][:][A-Za-z]<letter>{0,69}+(?<![ ])"),
    ("RFF+CR:", "frequent_flyer", "[0-9A-Z]{3,35}+"),
    ("LOC+178+", "journey_start", _AIRPORT),
    ("LOC+179+", "journey_end", _AIRPORT),
    ("LOC+22+", "clearance_airport", _AIRPORT),
    ("EMP+1+", "crew_role", "CR[1-5](?:[:][0-9]{1,7}){0,2}"),
    ("GEI+4+", "verified", "17[34]"),
    ("RFF+AEA:", "government_reference", _CODE),
    ("RFF+YZY:", "ticket", _CODE),
)
#: A document's number; the others stand behind it.
DOCUMENT = (
    ("DOC+", "documents", "[A-Z]{1,2}(?:[:][0-9]{1,7})?(?:[:][0-9]{1,7})?[+][0-9A-Z]{1,35}+"),
    ("DTM+36:", "documents", _DAY),
    ("LOC+91+", "documents", _STATE),
    ("DTM+182:", "documents", _DAY),
)
#: Rows, and whose they are: nobody's document, or one of the two that a traveller may show.
_OF = [*((row, 0) for row in PERSON), *((row, 1) for row in DOCUMENT), *((row, 2) for row in DOCUMENT)]
_TAGS = tuple(dict.fromkeys(row[0].partition("+")[0] for row, _ in _OF))
#: Those of one tag follow each other: it is looked at once, and not for each of its rows.
_OF.sort(key=lambda of: _TAGS.index(of[0][0].partition("+")[0]))
#: The rows are groups of the pattern in this order, behind those of the name.
ROWS = tuple(row for row, _ in _OF)
BEFORE_ROWS = 2
#: The groups of the two documents' numbers.
_NUMBERS = tuple(group for group, (begins, _, _) in enumerate(ROWS, start=BEFORE_ROWS + 1) if begins == "DOC+")
_NAME = "NAD[+](F[LM]|DD[UT])[+][+][+](<name>{1,70}+(?:[:]<name>{0,70}+){0,4}+)(?<![ ])<end>"
_NEXT = "NAD[+]|(?:CNT[+]<any>{1,40}+<end>)?UNT[+]"
#: The header of a message that is a PAXLST for sure.
_HEADER = "UNH[+]<contact>{0,35}+[+]PAXLST[:]<any>{0,150}+<end>"
#: No segment that this pattern takes is longer, or has more elements and components.
LONGEST, MOST_ELEMENTS = 200, 20
#: Of a person, although it may stand behind a document too, of which it then speaks.
_NOT_OF_A_DOCUMENT = "GEI+4+"

#: Signs that a value may hold, unless the sender divides with them.
_SIGNS = {
    "<letter>": f"{ascii_letters} -",
    "<name>": f"{ascii_letters} -{SHIELD}{STAND_INS}",
    "<contact>": f"{ascii_letters}{digits} ()./@_-{SHIELD}{STAND_INS}",
}


class Shape(NamedTuple):
    """The patterns of one sender."""

    header: re.Pattern[str]
    #: What stands before anybody who may be plain.
    before: re.Pattern[str]
    traveller: re.Pattern[str]


@lru_cache(maxsize=64)
def shape(component: str, element: str, terminator: str, *, lines: bool) -> Shape:
    """The patterns for a sender's service characters, with line ends behind segments or without."""
    signs = {"[:]": re.escape(component), "[+]": re.escape(element), "<end>": re.escape(terminator)}
    signs["<any>"] = f"[^{signs['<end>']}\n]"
    for name, allowed in _SIGNS.items():
        signs[name] = (
            f"[{re.escape(''.join(sign for sign in allowed if sign not in component + element + terminator))}]"
        )
    signs["<end>"] += "\n*+" if lines else ""

    def filled(template: str) -> str:
        for name, pattern in signs.items():
            template = template.replace(name, pattern)
        return template

    rows: dict[str, list[str]] = {tag: [] for tag in _TAGS}
    for group, (begins, _, rest) in enumerate(ROWS, start=BEFORE_ROWS + 1):
        tag, _, behind = begins.partition("+")
        behind = re.escape(behind.translate({ord(":"): component, ord("+"): element}))
        rows[tag].append(f"{behind}{_condition(group)}({filled(rest)})")
    segments = [f"{tag}{signs['[+]']}(?:{'|'.join(rests)})" for tag, rests in rows.items()]
    any_order = f"(?:(?:{'|'.join(segments)}){signs['<end>']})*+"
    return Shape(
        re.compile(filled(_HEADER)),
        re.compile(filled("<end>[ ]{0,9}+(?=NAD[+][DF])")),
        re.compile(f"{filled(_NAME)}{any_order}(?={filled(_NEXT)})"),
    )


def _condition(group: int) -> str:
    """What must have been found before the segment of a group is: not itself, and what it belongs to."""
    (begins, _, _), paper = _OF[group - BEFORE_ROWS - 1]
    first, second = _NUMBERS
    once = f"(?({group})(?!))"
    if begins == _NOT_OF_A_DOCUMENT:
        return f"{once}(?({first})(?!))"
    if group in _NUMBERS or not paper:
        return once
    return once + (f"(?({first})(?({second})(?!))|(?!))" if paper == 1 else f"(?({second})|(?!))")
