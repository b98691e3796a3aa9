"""TBD of PNRGOV: the bags that a traveller checked in: pieces, weight and unit, then carrier, tag and number each."""

from __future__ import annotations

from torogoz.messages.person import Person
from torogoz.messages.reading import Reading
from torogoz.messages.values import consecutive_tags, weight_kg, whole

#: 6411: the weight is in pounds (700 is kilograms).
_POUNDS = "701"


def read_bags(elements: list[str], place: int, person: Person, reading: Reading) -> None:
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
    # The number behind a tag counts pieces only where there are fewer tags than pieces.
    whole_list = person.pieces is not None and len(sent) >= person.pieces
    person.tags = [
        tag
        for carrier, number, count, *_ in sent
        if number
        for tag in consecutive_tags(f"{carrier}{number}".upper(), "" if whole_list else count)
    ]
    person.marks.append(("bags", place))
