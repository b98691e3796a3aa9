"""What in a booking is no flight: group 9 of PNRGOV (MSG, TVL)."""

from __future__ import annotations

from torogoz.domain.booking import Service
from torogoz.messages.pnrgov.walk import Group, Reader, Walk
from torogoz.messages.sensitive import contains_sensitive

#: MSG 1225 → kind of service. Other codes exist; they are kept as sent, because no public guide lists them.
KINDS: dict[str, str] = {"8": "hotel"}


def _msg(walk: Walk, elements: list[str], _place: int) -> None:
    parts = walk.parts(elements, 1)
    code = (parts[0] or parts[1]).upper()[:5]
    walk.group, walk.person, walk.leg = Group.SERVICE, None, None
    walk.service = KINDS.get(code, code if code.isalnum() else "")


def _tvl(walk: Walk, elements: list[str], place: int) -> None:
    party = walk.booking(place)
    day, clock, last_day, last_clock, *_ = walk.parts(elements, 1)
    where, name, *_ = walk.parts(elements, 2)
    company, number = walk.parts(elements, 4)[0], walk.parts(elements, 5)[0]
    if contains_sensitive(f"{where} {name}", walk.reading.table):
        walk.reading.withhold(place, ssr=False)
        return
    party.services.append(
        Service(
            walk.service,
            where.upper() or None,
            name.upper() or None,
            company.upper() or None,
            number.upper() or None,
            walk.moment_of(day, clock, place, utc=False) if day else None,
            walk.moment_of(last_day, last_clock, place, utc=False) if last_day else None,
        )
    )
    party.marks.append(("services", place))


BOOKING: dict[str, Reader] = {"MSG": _msg}
SERVICE: dict[str, Reader] = {"TVL": _tvl}
