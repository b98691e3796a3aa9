"""ORG of PNRGOV: who made a booking. Its elements are system, agency, city, …, country, as carriers fill them."""

from __future__ import annotations

from torogoz.domain.booking import Agency
from torogoz.messages.countries import country
from torogoz.messages.flights import airport
from torogoz.messages.reading import Reading


def read_agency(elements: list[str], reading: Reading) -> Agency | None:
    """The agency, or None where every element is empty, which is how a cancelled booking is told."""
    parts = [[part.strip() for part in reading.components(elements, number)] for number in range(7)]
    if not any(any(part) for part in parts[1:]):
        return None
    system, office, city, nation = parts[1], parts[2], parts[3][0], parts[6][0]
    kind, agent = parts[5][0].upper(), reading.components(elements, 7)[0].strip().upper()
    return Agency(
        office[0] or next((part for part in office[1:] if part and airport(part) is None), None),
        next((code for code in map(airport, (city, *office[1:], *system[1:])) if code), None),
        country(nation),
        next((part.upper() for part in office[1:] if part and airport(part) is None), None),
        system[0].upper() or None,
        kind if kind in ("A", "T") else None,
        agent or None,
    )
