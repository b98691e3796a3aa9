"""A traveller in the making: what the segments of one person add up to, before it is a value."""

from __future__ import annotations

from datetime import date

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.traveller import Bags, Contact, FrequentFlyer, Sex, Traveller, TravellerRole
from torogoz.edifact.segments import Segments


class Paper:
    """A travel document while its segments are read."""

    __slots__ = ("expiry", "issuer", "number", "type")

    def __init__(self, kind: str | None, number: str) -> None:
        self.type = kind
        self.number = number
        self.issuer: str | None = None
        self.expiry: date | None = None


class Person:
    """A traveller while their segments are read. What was not sent keeps the default of the class.

    `marks` are the fields in the order in which they were read, each with the place of its segment.
    """

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
    bags: int | None = None
    weight: float | None = None
    tags: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    flyer: tuple[FrequentFlyer, ...] = ()

    def __init__(self, role: TravellerRole) -> None:
        self.role = role
        self.papers: list[Paper] = []
        self.marks: list[tuple[str, int]] = []

    def traveller(self, segments: Segments) -> Traveller:
        """What was read, as a value."""
        bags = None
        if self.bags is not None or self.weight is not None or self.tags:
            bags = Bags(self.bags, self.weight, self.tags)
        return Traveller(
            self.role,
            self.surname,
            self.given_names,
            self.title,
            self.sex,
            self.birth_date,
            self.nationality,
            self.residence,
            self.birth_place,
            tuple([Document(paper.number, paper.type, paper.issuer, paper.expiry) for paper in self.papers]),
            self.record_locator,
            self.reference,
            self.seat,
            self.status,
            bags,
            self.contacts,
            self.flyer,
            self.infant,
            self.checked_in,
            origins(self.marks, segments),
        )


def origins(marks: list[tuple[str, int]], segments: Segments) -> tuple[Origin, ...]:
    """Where each marked field was read: the bytes of its segment."""
    starts, raws = segments.starts, segments.raws
    # A manifest has thousands: the tuple is made without a call of Python's own.
    new = tuple.__new__
    return tuple([new(Origin, (field, starts[place], starts[place] + len(raws[place]))) for field, place in marks])
