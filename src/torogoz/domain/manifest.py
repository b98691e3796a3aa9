"""A message that was read: what a carrier said about a flight, or the reasons why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from torogoz.domain.booking import Booking
from torogoz.domain.finding import Finding
from torogoz.domain.journey import FlightLeg
from torogoz.domain.response import Report, Response
from torogoz.domain.traveller import Traveller


@dataclass(frozen=True, slots=True)
class Part:
    """The place of a message in a series that shares one common reference (UNH 0068/S010).

    The first part, sent without 0073, is `unmarked`: it does not say whether others follow.
    """

    number: int
    last: bool
    unmarked: bool = False

    @property
    def alone(self) -> bool:
        """Whether no other part is announced."""
        return self.number == 1 and (self.last or self.unmarked)


@dataclass(frozen=True, slots=True)
class Transaction:
    """The sender's own number of an exchange (RFF TN), and which revision of it this is."""

    number: str
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many sensitive elements were dropped, by place; never which or whose (LR-23)."""

    ssr: int = 0
    free_text: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.ssr + self.free_text


@dataclass(frozen=True, slots=True)
class ByteSpan:
    """Bytes `start` up to `end` of what was delivered."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Telex:
    """What the heading of a Type B telex says: its priority (QU, QD …), who sent it, and on which day and when (UTC).

    `sent` is six digits, the day of the month and the time, as the heading has them.
    """

    origin: str
    priority: str | None = None
    sent: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One UNH…UNT, or one unreadable delivery (`type` None, with error findings).

    `number` counts messages in the delivery from 1. `span` is where it stands in the delivered bytes and `sensitive`
    which bytes in it must be overwritten before a raw copy is kept. `content` is the message's bytes without control
    references, trailers and wrapping: two messages with equal content are duplicates (design §2). `separators` are
    the characters that divided it, in the order of UNA. `transaction` is the sender's number of a request and of the
    answer to it (RFF TN). `zones` counts the travellers whose document came as a machine-readable zone. `unknown` is
    how often what was not read occurs, by segment tag (`other` for a tag that no directory has), or `element` of XML.
    `telex` is the one that carried the message, the first where it came in several.
    """

    number: int
    type: str | None
    version: str | None = None
    function: str | None = None
    qualifier: str | None = None
    sender: str | None = None
    reference: str | None = None
    common_reference: str | None = None
    part: Part | None = None
    flights: tuple[FlightLeg, ...] = ()
    expected_travellers: int | None = None
    expected_bookings: int | None = None
    travellers: tuple[Traveller, ...] = ()
    bookings: tuple[Booking, ...] = ()
    findings: tuple[Finding, ...] = ()
    withheld: Withheld = field(default_factory=Withheld)
    prepared_at: datetime | None = None
    span: ByteSpan = ByteSpan(0, 0)
    sensitive: tuple[ByteSpan, ...] = ()
    content: bytes = b""
    expected_crew: int | None = None
    transaction: Transaction | None = None
    separators: str = ""
    responses: tuple[Response, ...] = ()
    reports: tuple[Report, ...] = ()
    zones: int = 0
    unknown: tuple[tuple[str, int], ...] = ()
    telex: Telex | None = None

    @property
    def transaction_number(self) -> str:
        """The sender's number of the exchange; empty where there is none."""
        return self.transaction.number if self.transaction else ""

    @property
    def readable(self) -> bool:
        """Whether anything could be read."""
        return self.type is not None
