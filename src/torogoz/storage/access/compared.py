"""What several sources say of a traveller, field by field beside each other, and where they cannot both be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from torogoz.domain.traveller import Bags, Traveller
from torogoz.links.disagreements import disagreements


@dataclass(frozen=True, slots=True)
class Compared:
    """A field as each side gives it, in the order of the sides; empty where a side says nothing."""

    field: str
    values: tuple[tuple[str, ...], ...]
    disputed: bool


def compare(views: tuple[Traveller, ...]) -> tuple[Compared, ...]:
    """The fields that at least one view fills, in reading order, with those marked that cannot both be right."""
    disputed = {"documents" if each.field == "document" else each.field.value for each in disagreements(views)}
    rows = ((field, tuple(read(view) for view in views)) for field, read in _FIELDS.items())
    return tuple(Compared(field, values, field in disputed) for field, values in rows if any(values))


_Read = Callable[[Traveller], tuple[str, ...]]


def _plain(field: str) -> _Read:
    """A field as it is written."""

    def read(view: Traveller) -> tuple[str, ...]:
        value = getattr(view, field)
        return () if value is None else (str(value),)

    return read


def _documents(view: Traveller) -> tuple[str, ...]:
    return tuple(
        " ".join(
            str(part)
            for part in (each.type, each.number, each.issuer, each.issue_place, each.issued, each.expiry)
            if part
        )
        for each in view.documents
    )


#: Bags that go together: the codes of PNRGOV for the head and the members of a pool.
_POOLS = {"head": "HP", "member": "MP", None: ""}


def _bags(view: Traveller) -> tuple[str, ...]:
    bags = view.bags or Bags()
    weight = f"{bags.weight_kg:g} kg" if bags.weight_kg is not None else ""
    count = "" if bags.count is None else f"{bags.count} ×"
    goes = f"→ {bags.destination}" if bags.destination else ""
    pool = f"{_POOLS[bags.pool_role]} {bags.pool}".strip() if bags.pool else ""
    parts = " ".join(part for part in (count, weight, *bags.tags, pool, goes) if part)
    return (parts,) if parts else ()


_FIELDS: Mapping[str, _Read] = {
    "surname": _plain("surname"),
    "given_names": _plain("given_names"),
    "title": _plain("title"),
    "birth_date": _plain("birth_date"),
    "sex": _plain("sex"),
    "nationality": lambda view: tuple(filter(None, (view.nationality, *view.other_nationalities))),
    "documents": _documents,
    "residence": _plain("residence"),
    "birth_place": _plain("birth_place"),
    "birth_country": _plain("birth_country"),
    "record_locator": _plain("record_locator"),
    "reference": _plain("reference"),
    "seat": _plain("seat"),
    "bags": _bags,
    "frequent_flyer": lambda view: tuple(f"{each.carrier} {each.number}" for each in view.frequent_flyer),
    "contacts": lambda view: tuple(each.value for each in view.contacts),
    "crew_role": _plain("crew_role"),
    "verified": _plain("verified"),
    "journey_start": _plain("journey_start"),
    "journey_end": _plain("journey_end"),
    "clearance_airport": _plain("clearance_airport"),
    "government_reference": _plain("government_reference"),
    "ticket": _plain("ticket"),
    "status": _plain("status"),
    "cabin": _plain("cabin"),
    "checked_in_at": lambda view: (f"{view.checked_in_at:%Y-%m-%d %H:%M}",) if view.checked_in_at else (),
    "check_in_number": _plain("check_in_number"),
    "unaccompanied": lambda view: (str(view.unaccompanied),) if view.unaccompanied else (),
}
