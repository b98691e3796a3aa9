"""ORG of PNRGOV: who made a booking. Its elements are system, agency, city, …, country, as carriers fill them."""

from __future__ import annotations

from torogoz.domain.booking import Agency
from torogoz.messages.countries import country
from torogoz.messages.flights import airport
from torogoz.messages.reading import Reading


def read_agency(elements: list[str], reading: Reading) -> Agency | None:
    """The agency, or None where every element is empty, which is how a cancelled booking is told."""
    return agency_of([[*map(str.strip, reading.components(elements, number))] for number in range(1, 8)])


def agency_of(sent: list[list[str]]) -> Agency | None:
    """The agency of the components of each element, which are at least seven, without blanks around them."""
    if not any(map(any, sent[:6])):
        return None
    system, office, cities, _, kinds, nations, agents, *_ = sent
    kind = kinds[0].upper()
    name = next((part for part in office[1:] if part and airport(part) is None), None)
    return Agency(
        office[0] or name,
        next(filter(None, map(airport, (cities[0], *office[1:], *system[1:]))), None),
        country(nations[0]),
        name.upper() if name else None,
        system[0].upper() or None,
        kind if kind in ("A", "T") else None,
        agents[0].upper() or None,
    )
