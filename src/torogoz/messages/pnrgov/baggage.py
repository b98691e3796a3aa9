"""TBD of PNRGOV: the bags that a traveller checked in, and the pool that they go in.

Pieces, weight and unit; HP (head of a pool) or MP (member) with the head's number; then carrier, tag, number of pieces
and destination of each tag.
"""

from __future__ import annotations

import re

from torogoz.messages.flights import airport
from torogoz.messages.person import Person
from torogoz.messages.pnrgov.draft import One
from torogoz.messages.reading import Reading
from torogoz.messages.values import consecutive_tags, weight_kg, whole

#: 6411: the weight is in pounds (700 is kilograms).
_POUNDS = "701"
#: 7365 → role in a pool of bags.
_POOLS: dict[str, str] = {"HP": "head", "MP": "member"}
#: Elements as almost all send them: kilograms, and tags that say nothing but one piece and where it goes.
_PLAIN = re.compile(
    r"\+([0-9]{1,2}):([0-9]{1,4}):700\+\+(?:(HP|MP):([0-9A-Z-]{1,20}))?((?:\+[0-9A-Z]{1,3}:[0-9]{1,10}:1?:[A-Z]{3}){1,30})\Z"
)


def read_plain_bags(sent: str, person: One, reading: Reading) -> None:
    """The same for the text of a TBD's elements; where they are as almost all send them, at a quarter of the cost."""
    found = _PLAIN.match(sent)
    if found is None:
        read_bags(["TBD", *sent.split("+")], 0, person, reading)
        return
    pieces, weight, role, person.pool, tags = found.groups()
    person.pieces, person.weight = int(pieces), float(weight)
    person.pool_role = _POOLS[role] if role else None
    each = [tag.split(":") for tag in tags[1:].split("+")]
    person.tags = [carrier + number for carrier, number, _, _ in each]
    person.destination = each[0][3]


def read_bags(elements: list[str], place: int, person: Person | One, reading: Reading) -> None:
    """Put what a TBD says into the person in hand."""
    pieces, weight, unit, *_ = [*(part.strip() for part in reading.components(elements, 2)), "", ""]
    try:
        person.pieces = whole(pieces) if pieces else None
        person.weight = weight_kg(weight, pounds=unit == _POUNDS) if weight else None
    except ValueError:
        reading.note("NUMBER_UNREADABLE", place)
    sent = [
        [*(part.strip() for part in reading.components(elements, number)), "", ""] for number in range(5, len(elements))
    ]
    role, pool, *_ = [*(part.strip() for part in reading.components(elements, 4)), "", ""]
    person.pool_role = _POOLS.get(role.upper())
    person.pool = pool.replace(" ", "").upper() or None if person.pool_role else None
    person.destination = next(filter(None, (airport(part) for each in sent for part in each[3:4])), None)
    # The number behind a tag counts pieces only where there are fewer tags than pieces.
    whole_list = person.pieces is not None and len(sent) >= person.pieces
    person.tags = [
        tag
        for carrier, number, count, *_ in sent
        if number
        for tag in consecutive_tags(f"{carrier}{number}".upper(), "" if whole_list else count)
    ]
