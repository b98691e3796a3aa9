"""A traveller in the making: what the segments of one person add up to, before it is a value."""

from __future__ import annotations

from datetime import date, datetime

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.origins import Origins
from torogoz.domain.traveller import Bags, Contact, CrewRole, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.edifact.segments import Segments


class Paper:
    """A travel document while its segments are read."""

    __slots__ = ("expiry", "issue_place", "issued", "issuer", "number", "type", "verified")

    def __init__(self, kind: str | None, number: str) -> None:
        self.type = kind
        self.number = number
        self.issuer: str | None = None
        self.expiry: date | None = None
        self.issued: date | None = None
        self.issue_place: str | None = None
        self.verified: bool | None = None

    def document(self) -> Document:
        """What was read, as a value."""
        return Document(self.number, self.type, self.issuer, self.expiry, self.issued, self.issue_place, self.verified)


class Person:
    """A traveller while their segments are read.

    Its attributes are the traveller's fields by the same names, so that they become them without being copied one by
    one; in the slots is what fields are still to be made of. `marks` are the fields in the order in which they were
    read, each with the place of its segment.
    """

    __slots__ = (
        "__dict__", "accounts", "by_number", "contacts", "destination", "marks", "papers", "pieces", "pool",
        "pool_role", "tags", "weight",
    )  # fmt: skip

    role: TravellerRole
    surname: str | None = None
    given_names: str | None = None
    title: str | None = None
    sex: Sex | None = None
    birth_date: PartialDate | None = None
    nationality: str | None = None
    residence: str | None = None
    birth_place: str | None = None
    record_locator: str | None = None
    reference: str | None = None
    seat: str | None = None
    status: str | None = None
    infant: bool = False
    checked_in: bool = False
    checked_in_at: datetime | None = None
    check_in_number: str | None = None
    cabin: str | None = None
    unaccompanied: bool = False
    in_transit: bool = False
    verified: bool | None = None
    journey_start: str | None = None
    journey_end: str | None = None
    crew_role: CrewRole | None = None
    birth_country: str | None = None
    other_nationalities: tuple[str, ...] = ()
    government_reference: str | None = None

    def __init__(self, role: TravellerRole) -> None:
        self.role = role
        self.papers: list[Paper] = []
        self.marks: list[tuple[str, int]] = []
        self.pieces: int | None = None
        self.weight: float | None = None
        self.tags: list[str] = []
        self.pool: str | None = None
        self.pool_role: str | None = None
        self.destination: str | None = None
        self.contacts: list[Contact] = []
        self.accounts: dict[FrequentFlyer, None] = {}
        #: Documents that PNRGOV names again for each flight.
        self.by_number: dict[str, Paper] = {}

    def traveller(self, segments: Segments) -> Traveller:
        """What was read, as a value."""
        fields = self.__dict__
        if self.papers:
            fields["documents"] = tuple([paper.document() for paper in self.papers])
        if self.tags or self.pieces is not None or self.weight is not None:
            fields["bags"] = Bags(
                self.pieces, self.weight, tuple(self.tags), self.pool, self.pool_role, self.destination
            )
        if self.contacts:
            fields["contacts"] = tuple(self.contacts)
        if self.accounts:
            fields["frequent_flyer"] = tuple(self.accounts)
        fields["origins"] = Marked(self.marks, segments)
        return Traveller(**fields)


class Marked(Origins):
    """The origins of marked fields: the bytes of their segments."""

    __slots__ = ("_marks", "_segments")

    def __init__(self, marks: list[tuple[str, int]], segments: Segments) -> None:
        self._marks = marks
        self._segments = segments

    def work_out(self) -> tuple[Origin, ...]:
        """Find the bytes of each segment."""
        starts, raws = self._segments.starts, self._segments.raws
        return tuple([Origin(field, starts[place], starts[place] + len(raws[place])) for field, place in self._marks])
