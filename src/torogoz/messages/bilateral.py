"""ACKRES and GOVREQ: a state acknowledges a push of bookings, and asks for one (PADIS, by agreement only).

Unconfirmed. No sample of either is public: the segments are those of PNRGOV that the public facts name (MSG 23 in an
ACKRES; the flight by TVL, bookings by RCI), and what is wrong stands in ERC with its text in IFT, as CUSRES has ERC and
FTX. So neither is sent unless the agreement with the carrier says so, and a carrier's own guide goes before this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from torogoz.domain.booking import Booking
from torogoz.domain.journey import FlightLeg
from torogoz.domain.response import Level, Response
from torogoz.edifact.findings import CATALOGUE
from torogoz.edifact.writer import Segment
from torogoz.messages.contrl import ERRORS, UNSPECIFIED, Acknowledged
from torogoz.messages.pnrgov.travel import read_leg
from torogoz.messages.reading import Reading
from torogoz.messages.sensitive import contains_sensitive
from torogoz.messages.values import short_code

#: MSG 1225: an acknowledgement; and what is asked for, a full push.
ACKNOWLEDGES, FULL_PUSH = "23", "22"
_IGNORED = "UNH UNT ORG SRC EQN SDT"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a GOVREQ asks for: the bookings of a flight, all of them or some. Why is not sent."""

    office: str
    flight: FlightLeg
    record_locators: tuple[str, ...] = ()


def govreq_segments(ask: Ask) -> list[Segment]:
    """The segments between UNH and UNT."""
    segments: list[Segment] = [("MSG", ("", FULL_PUSH)), ("ORG", ask.office), _travel(ask.flight)]
    return segments + [("RCI", (ask.flight.designator.carrier, locator)) for locator in ask.record_locators]


def ackres_segments(about: Acknowledged) -> list[Segment]:
    """The segments between UNH and UNT: the flight where it is known, and each error found with our code for it."""
    segments: list[Segment] = [("MSG", ("", ACKNOWLEDGES))]
    segments += [_travel(leg) for leg in about.message.flights[:1]]
    for _, finding in about.errors:
        segments += [
            ("ERC", ERRORS.get(finding.code, UNSPECIFIED)),
            ("IFT", "3", f"{finding.code} {CATALOGUE[finding.code].en}"[:70]),
        ]
    return segments


def _travel(leg: FlightLeg) -> Segment:
    times = (*_day_first(leg.departure_local), *_day_first(leg.arrival_local))
    named = leg.designator
    return (
        "TVL",
        times,
        leg.departure_airport or "",
        leg.arrival_airport or "",
        named.carrier,
        f"{named.number}{named.suffix}",
    )


def _day_first(moment: datetime | None) -> tuple[str, str]:
    return (f"{moment:%d%m%y}", f"{moment:%H%M}") if moment else ("", "")


class Bilateral:
    """One ACKRES or GOVREQ being read; after `read`, its public attributes hold what it said."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._legs: list[FlightLeg] = []
        self.function: str | None = None
        self.responses: list[Response] = []
        self.bookings: list[Booking] = []

    def read(self) -> None:
        """Read every segment after UNH in order."""
        for place, text in enumerate(self._reading.segments.texts):
            elements = text.split(self._reading.service.element)
            handler = self._handlers.get(elements[0].strip())
            if handler:
                handler(self, elements, place)
            else:
                self._reading.note_unknown(place)
        if self.function is None:
            self._reading.findings.note("BGM_MISSING", "MSG", self._reading.segments.starts[0])

    def flights(self) -> tuple[FlightLeg, ...]:
        """The flight that it is about."""
        return tuple(self._legs)

    def _ignore(self, _elements: list[str], _place: int) -> None:
        """Nothing of it is kept."""

    def _msg(self, elements: list[str], _place: int) -> None:
        parts = self._reading.components(elements, 1)
        self.function = short_code(parts[1] if len(parts) > 1 else parts[0]) or ""

    def _tvl(self, elements: list[str], place: int) -> None:
        leg = read_leg(elements, place, self._reading)
        if leg:
            self._legs.append(leg)

    def _rci(self, elements: list[str], _place: int) -> None:
        carrier, locator = [part.strip().upper() for part in (*self._reading.components(elements, 1), "")][:2]
        if locator:
            self.bookings.append(Booking(record_locator=locator, carrier=carrier or None))

    def _erc(self, elements: list[str], place: int) -> None:
        code = short_code(self._reading.components(elements, 1)[0])
        if code:
            self.responses.append(Response(Level.MESSAGE, code))
        else:
            self._reading.note("CODE_UNKNOWN", place)

    def _ift(self, elements: list[str], place: int) -> None:
        text = " ".join(filter(None, (self._reading.service.reveal(each).strip() for each in elements[2:])))
        if contains_sensitive(text):
            self._reading.withhold(place, ssr=False)
        elif self.responses and text:
            last = self.responses.pop()
            self.responses.append(Response(last.level, last.code, text=" ".join(filter(None, (last.text, text)))))

    _handlers: ClassVar[dict[str, Callable[[Bilateral, list[str], int], None]]] = {
        **dict.fromkeys(_IGNORED.split(), _ignore),
        "MSG": _msg,
        "TVL": _tvl,
        "RCI": _rci,
        "ERC": _erc,
        "IFT": _ift,
    }
