"""A traveller in the making: what the segments of one person add up to, before it is a value."""

from __future__ import annotations

from datetime import date

from torogoz.domain.dates import PartialDate
from torogoz.domain.document import Document
from torogoz.domain.finding import Origin
from torogoz.domain.traveller import Bags, Contact, FrequentFlyer, Sex, Traveller, TravellerRole


class Paper:
    """A travel document while its segments are read."""

    __slots__ = ("expiry", "issuer", "number", "type")

    def __init__(self, kind: str | None, number: str) -> None:
        self.type = kind
        self.number = number
        self.issuer: str | None = None
        self.expiry: date | None = None


class Person:
    """A traveller while their segments are read."""

    __slots__ = (
        "bags", "birth_date", "birth_place", "checked_in", "contacts", "flyer", "given", "infant", "locator", "nationality",
        "origins", "papers", "reference", "residence", "role", "seat", "sex", "status", "surname", "tags", "title", "weight",
    )  # fmt: skip

    def __init__(self, role: TravellerRole) -> None:
        self.role = role
        self.surname: str | None = None
        self.given: str | None = None
        self.title: str | None = None
        self.sex: Sex | None = None
        self.birth_date: PartialDate | None = None
        self.nationality: str | None = None
        self.residence: str | None = None
        self.birth_place: str | None = None
        self.locator: str | None = None
        self.reference: str | None = None
        self.seat: str | None = None
        self.status: str | None = None
        self.infant = False
        self.checked_in = False
        self.bags: int | None = None
        self.weight: float | None = None
        self.tags: list[str] = []
        self.papers: list[Paper] = []
        self.contacts: list[Contact] = []
        self.flyer: list[FrequentFlyer] = []
        self.origins: list[Origin] = []

    def traveller(self) -> Traveller:
        """What was read, as a value."""
        bags = None
        if self.bags is not None or self.weight is not None or self.tags:
            bags = Bags(self.bags, self.weight, tuple(self.tags))
        return Traveller(
            self.role,
            self.surname,
            self.given,
            self.title,
            self.sex,
            self.birth_date,
            self.nationality,
            self.residence,
            self.birth_place,
            tuple([Document(paper.number, paper.type, paper.issuer, paper.expiry) for paper in self.papers]),
            self.locator,
            self.reference,
            self.seat,
            self.status,
            bags,
            tuple(self.contacts),
            tuple(self.flyer),
            self.infant,
            self.checked_in,
            tuple(self.origins),
        )
